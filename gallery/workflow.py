"""What Wagtail calls when a workflow has passed its last step. Imported before models exist, so nothing is
imported at the top."""


def finish(workflow_state, user=None) -> None:
    """Pages are published as always. An entry becomes approved; only hanging makes it public."""
    from gallery.models.entries import Entry  # before models exist
    from gallery.services.reviews import finish_review  # before models exist

    item = workflow_state.content_object
    if isinstance(item, Entry):
        finish_review(entry=item, step_id=workflow_state.current_task_state_id)
    else:
        item.get_latest_revision().publish(user=user, skip_permission_checks=True)
