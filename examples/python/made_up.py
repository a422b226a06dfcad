"""A competition on real innovations with made-up scores: nobody's judgement, only numbers from a seed.

No score sheets of a real competition are public. The innovations, the edition and its rubric are real.
"""

from __future__ import annotations

import random

import jipp
from jipp.model import Assessor, CriterionScore, Proposal, ScoreSheet, Step

EDITION, GROUP, STAGE = "kipp/2025", "umum", "proposal"


def simulate(
    network: jipp.Network, *, proposals: int = 120, assessors: int = 12, readers: int = 3, seed: int = 1
) -> None:
    """Enters innovations in an edition, has the network assign its assessors, and makes up their scores.

    A score is the worth of the proposal, less the severity of the assessor, and chance: whole points from 0 to 100.
    """
    dice = random.Random(seed)
    edition = network.get("edition", EDITION)
    rubric = network.get("rubric", next(group.rubric for group in edition.groups if group.code == GROUP))
    with network.edit(by="simulasi") as edit:
        for number in range(1, assessors + 1):
            edit.register(Assessor(id=f"{EDITION}/penilai-{number:02}", edition=EDITION, panel="evaluation-team"))
        for innovation in network.innovations[:proposals]:
            edit.register(
                Proposal(
                    id=f"{EDITION}/{innovation.id}",
                    innovation=innovation.id,
                    edition=EDITION,
                    group=GROUP,
                    status=(Step(to="admin-passed", reported="simulasi"),),
                )
            )
    panel = network.evaluation.assign_panel(EDITION, STAGE, per_proposal=readers, seed=seed)
    pairs = panel.value.pairs
    worth = {id: dice.gauss(82, 6) for id in sorted({pair.proposal for pair in pairs})}
    severity = {id: dice.gauss(0, 4) for id in sorted({pair.assessor for pair in pairs})}
    with network.edit(by="simulasi") as edit:
        for pair in pairs:
            centre = worth[pair.proposal] - severity[pair.assessor]
            scores = tuple(
                CriterionScore(criterion=one.code, value=float(min(max(round(dice.gauss(centre, 5)), 0), 100)))
                for one in rubric.criteria
            )
            edit.register(
                ScoreSheet(
                    id=f"{pair.proposal}/{pair.assessor.rpartition('/')[2]}",
                    assessor=pair.assessor,
                    proposal=pair.proposal,
                    stage=STAGE,
                    scores=scores,
                )
            )
