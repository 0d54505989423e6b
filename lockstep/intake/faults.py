"""How reading a personnel file fails."""

from typing import Any

from lockstep.authoring.problems import Problem, Sentence


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; `problems` say why and where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.en for problem in problems))
        self.problems = problems


class WrongValueError(Exception):
    """A cell's text is not what its column needs; the sentence says what is, in both languages."""

    def __init__(self, sentence: Sentence, **words: object) -> None:
        super().__init__(sentence.code)
        self._sentence = sentence
        self._words: dict[str, Any] = words  # Any: what fills a sentence, as Sentence.at takes it

    def at(self, line: int, column: str) -> Problem:
        """The problem in the cell that `column` names."""
        return self._sentence.at(line=line, **{**self._words, "column": column})
