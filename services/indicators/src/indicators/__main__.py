"""The command line of the indicators service."""

from chassis.command import main

from indicators.app import create_app
from indicators.settings import Settings

main("indicators", Settings, create_app)
