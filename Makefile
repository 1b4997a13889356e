EXTENSION = clicks_all

# Where the sources are: here, or beside the Makefile in a build outside of them
SOURCE := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))
sources = $(patsubst $(SOURCE)/%,%,$(sort $(wildcard $(addprefix $(SOURCE)/,$(1)))))

# the control file is the one place that knows the version
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(SOURCE)/$(EXTENSION).control)

MODULE_big = $(EXTENSION)
OBJS = $(patsubst %.c,%.o,$(call sources,src/*.c src/*/*.c))

OVERLOADS = extension/21_overloads.sql
SQL_PARTS = $(sort $(call sources,extension/[0-9][0-9]_*.sql) $(OVERLOADS))
DATA = $(call sources,extension/$(EXTENSION)--*--*.sql)
DATA_built = extension/$(EXTENSION)--$(EXTVERSION).sql
EXTRA_CLEAN = $(OVERLOADS)

REGRESS = $(patsubst sql/%.sql,%,$(call sources,sql/*.sql))
REGRESS_OPTS = --load-extension=$(EXTENSION)

PG_CPPFLAGS = -I$(SOURCE)/src -DCLICKS_ALL_VERSION='"$(EXTVERSION)"'

# PGXS reads all of the above; nothing that is set below reaches it
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# PGXS does not track headers, and makes no directories; make would take those of
# the sources for them
$(OBJS) $(OBJS:.o=.bc): $(call sources,src/*.h src/*/*.h) $(EXTENSION).control
$(shell mkdir -p $(dir $(OBJS) $(DATA_built)))

extension/$(EXTENSION)--$(EXTVERSION).sql: $(SQL_PARTS) $(EXTENSION).control
	cat $(filter %.sql,$^) > $@

$(OVERLOADS): extension/overloads.awk extension/overloads.txt
	awk -f $^ > $@

# An archive for PGXN of what is committed
DISTVERSION = $(shell sed -n 's/^ *"version": *"\([0-9.]*\)",/\1/p' $(SOURCE)/META.json | head -n 1)

dist:
	git -C $(SOURCE) archive --format=zip --prefix=$(EXTENSION)-$(DISTVERSION)/ \
		-o $(CURDIR)/$(EXTENSION)-$(DISTVERSION).zip HEAD

# Formats the C
indent:
	$(SOURCE)/test/lint/indent.sh

.PHONY: dist indent
