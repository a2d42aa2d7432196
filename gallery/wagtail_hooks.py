"""Registers; nothing else."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from gallery.enums import Decision
from gallery.viewsets.exhibits import exhibit_chooser


@hooks.register("register_admin_viewset")
def exhibit_chooser_viewset():
    return exhibit_chooser


@hooks.register("register_log_actions")
def decisions(actions: LogActionRegistry) -> None:
    for decision in Decision:
        actions.register_action(f"gallery.{decision.value}", decision.label, decision.label)
