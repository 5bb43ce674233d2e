"""Two-way fixed effects of y on x1 … x15 with errors clustered by id: effects.py pyfixest|linearmodels PANEL.csv"""

import sys

import pandas as pd

which, path = sys.argv[1:3]
frame = pd.read_csv(path)
names = [name for name in frame.columns if name.startswith("x")]
if which == "pyfixest":
    import pyfixest

    fit = pyfixest.feols(f"y ~ {' + '.join(names)} | id + year", frame, vcov={"CRV1": "id"})
    print(fit.coef(), fit.se())
else:
    from linearmodels.panel import PanelOLS

    indexed = frame.set_index(["id", "year"])
    fit = PanelOLS(indexed["y"], indexed[names], entity_effects=True, time_effects=True).fit(
        cov_type="clustered", cluster_entity=True
    )
    print(fit.params, fit.std_errors)
