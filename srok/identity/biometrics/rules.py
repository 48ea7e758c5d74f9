"""From measures to a verdict. The limits were tried on drawn and photographed portraits; they are the service's own."""

from srok.identity.biometrics.terms import MIN_HEIGHT, MIN_WIDTH, Measures, Problem, Quality

DARKEST_MEAN, BRIGHTEST_MEAN = 40.0, 235.0
LEAST_SPREAD = 12.0
LEAST_EDGE = 14.0


def judge(measures: Measures) -> Quality:
    """Every problem at once, so that the person is photographed again only once."""
    problems = tuple(str(problem) for problem in _problems(measures))
    return Quality(ok=not problems, problems=problems)


def _problems(measures: Measures) -> list[Problem]:
    found: list[Problem] = []
    if measures.width < MIN_WIDTH or measures.height < MIN_HEIGHT:
        found.append(Problem.TOO_SMALL)
    if measures.width > measures.height:
        found.append(Problem.NOT_UPRIGHT)
    if measures.mean < DARKEST_MEAN:
        found.append(Problem.TOO_DARK)
    if measures.mean > BRIGHTEST_MEAN:
        found.append(Problem.TOO_BRIGHT)
    if measures.spread < LEAST_SPREAD:
        found.append(Problem.FLAT)
    elif measures.edge < LEAST_EDGE:
        found.append(Problem.BLURRED)
    return found
