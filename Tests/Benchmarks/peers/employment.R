# R, plm: EmplUK, two-step system GMM, lags 2 and deeper of n and w.
suppressMessages(library(plm))
firms <- pdata.frame(read.csv("Fixtures/reference/gmm/abdata.csv"), index = c("id", "year"))
model <- pgmm(n ~ lag(n, 1) + w + k | lag(n, 2:99) + lag(w, 2:99), data = firms, effect = "individual",
              model = "twosteps", transformation = "ld")
print(summary(model, robust = TRUE))
