# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# An independent judge of the two schemas, run by schema.sh. Prints "valid" or "invalid" for each file.
# usage: schema.py SCHEMA FILE...     a YAML plan, or JSON when the name ends so

import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's idea of scalars, as editors have it: no dates, and "yes" is a text."""


def resolve():
    kept = {}
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items():
        kept[letter] = [rule for rule in rules if not rule[0].endswith((":timestamp", ":bool"))]
    Loader.yaml_implicit_resolvers = kept
    import re

    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def read(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file) if name.endswith(".json") else yaml.load(file, Loader)


def main():
    resolve()
    schema = read(sys.argv[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in sys.argv[2:]:
        try:
            found = list(validator.iter_errors(read(name)))
        except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
            found = [error]
        print(name, "invalid" if found else "valid")
        for error in found[:3]:
            print(name, str(error).splitlines()[0], file=sys.stderr)


main()
