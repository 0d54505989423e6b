"""Wage law by jurisdiction, as data with its sources. Not legal advice: counsel confirms it before use."""
