# The spatial Durbin model with two-way effects and dense weights: dense.R PACKAGE PANEL LINKS
words <- commandArgs(trailingOnly = TRUE)
panel <- read.csv(words[2])
links <- read.csv(words[3])
units <- unique(panel$id)
W <- matrix(0, length(units), length(units))
W[cbind(match(links$from, units), match(links$to, units))] <- links$weight
W <- W / rowSums(W)
if (words[1] == "splm") {
  panel <- panel[order(panel$year, panel$id), ]
  W <- W[order(units), order(units)]
  for (x in c("x1", "x2")) panel[[paste0("w", x)]] <- unlist(lapply(split(panel[[x]], panel$year), function(v) W %*% v))
  panel <- panel[order(panel$id, panel$year), c("id", "year", "y", "x1", "x2", "wx1", "wx2")]
  print(summary(splm::spml(
    y ~ x1 + x2 + wx1 + wx2, data = panel, listw = spdep::mat2listw(W, style = "W"), model = "within",
    effect = "twoways", lag = TRUE, spatial.error = "none")))
} else {
  print(summary(SDPDmod::SDPDm(
    formula = y ~ x1 + x2, data = panel, W = W, index = c("id", "year"), model = "sdm", effect = "twoways",
    LYtrans = TRUE)))
}
