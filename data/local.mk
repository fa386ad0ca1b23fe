exampledir = $(pkgdatadir)/data
dist_example_DATA = %D%/mcycle.csv %D%/diabetes.csv %D%/README
