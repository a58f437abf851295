"""The command line of the agreements service."""

from chassis.command import main

from agreements.app import create_app
from agreements.settings import Settings

main("agreements", Settings, create_app)
