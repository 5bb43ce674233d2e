# make demo      build in release and run the main job on real counties
# make test      build and run all tests
# make install   put `ruralvalue` under PREFIX (default /usr/local)
# make check     lint, tests, coverage and slow tests: all that CI holds the project to, and more

PREFIX ?= /usr/local
RELEASE = .build/release/ruralvalue
NORTH_CAROLINA = Fixtures/data/north-carolina

.PHONY: demo test test-slow lint format coverage check install release libraries benchmark figures clean

demo: release
	@echo
	@echo '$$ ruralvalue entropy $(NORTH_CAROLINA)/counties-1981-1987.csv --indicators $(NORTH_CAROLINA)/indicators.csv --label county --out out/demo'
	@$(RELEASE) entropy $(NORTH_CAROLINA)/counties-1981-1987.csv --indicators $(NORTH_CAROLINA)/indicators.csv \
		--label county --out out/demo

release: libraries
	@swift build -c release --product ruralvalue

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

check: lint coverage test-slow

benchmark: release
	swift build -c release --product benchmarks
	.build/release/benchmarks

# A binary that needs no Swift on the machine where it runs.
install: libraries
	swift build -c release --product ruralvalue --static-swift-stdlib --scratch-path .build-install
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install .build-install/release/ruralvalue "$(DESTDIR)$(PREFIX)/bin/ruralvalue"

clean:
	rm -rf .build .build-* out
