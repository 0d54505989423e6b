# Lockstep's worker, and the `lockstep` command, in one image. No secret is needed to build it or baked into it.
# Behind a package mirror: docker build --secret id=pip,src=/path/to/pip.conf .
FROM python:3.11.17-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    python -m venv /venv && \
    /venv/bin/pip install --no-cache-dir --no-input --require-hashes -r requirements.lock
COPY . .
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index --editable .

FROM python:3.11.17-slim-bookworm
RUN groupadd --gid 10001 lockstep && \
    useradd --uid 10001 --gid lockstep --home-dir /data --no-create-home --shell /usr/sbin/nologin lockstep && \
    install --directory --owner lockstep --group lockstep --mode 700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 \
    CMD ["python", "deploy/worker_health.py"]
CMD ["python", "worker.py"]
