#!/usr/bin/env bash
# Runs a command that needs a data folder but must not touch anybody's: deploy/in-empty-folder.sh COMMAND...
set -euo pipefail
DATA_DIR=$(mktemp -d)
trap 'rm -rf "$DATA_DIR"' EXIT
export DATA_DIR DJANGO_SETTINGS_MODULE=alongside.config.settings
env -u DATABASE_URL "$@"
