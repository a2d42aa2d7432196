"""An account as the admin shows it to its owner: what Wagtail asks, without what is not ours."""

from wagtail.admin.views import account

#: Names have first and last parts there, which nobody has here. Pictures of people are kept as received, in the
#: storage that has no addresses. Passwords are changed at the one way in.
LEFT_OUT = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel, account.ChangePasswordPanel)


class AccountView(account.AccountView):
    def get_panels(self) -> list[account.BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, LEFT_OUT)]
