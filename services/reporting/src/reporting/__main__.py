"""The command line of the reporting service."""

from chassis.command import main

from reporting.app import create_app
from reporting.settings import Settings

main("reporting", Settings, create_app)
