"""Addresses of this room. allauth's names are kept, since its views go to one another by name."""

from django.urls import path

from . import link_views, log_views, setup_views, signin, views

STEP = "account/second-step/"

urlpatterns = [
    path("start/<str:code>", setup_views.start, name="start"),
    path("welcome", setup_views.welcome, name="welcome"),
    path("welcome/sample", setup_views.sample, name="welcome_sample"),
    path("language/", views.set_language, name="set_language"),

    path("people/", views.people, name="people"),
    path("people/invite", views.invite, name="invite"),
    path("people/invitations/<uuid:invitation_id>/withdraw", views.withdraw, name="invitation_withdraw"),
    path("people/<uuid:member_id>", views.member, name="member"),
    path("people/<uuid:member_id>/remove", views.remove, name="member_remove"),
    path("people/<uuid:member_id>/link", views.make_sign_in_link, name="member_link"),
    path("people/<uuid:member_id>/second-step", views.forget_second_step, name="member_second_step"),
    path("people/acts/", log_views.acts, name="acts"),
    path("people/acts/check", log_views.check_acts, name="acts_check"),
    path("people/acts/address", log_views.keep_head_address, name="acts_address"),
    path("people/acts/address/delete", log_views.forget_head_address, name="acts_address_forget"),
    path("people/switch", views.switch, name="switch"),
    path("people/join/<str:token>", link_views.join, name="join"),
    path("people/link/<str:token>", link_views.new_password, name="new_password"),
    path("people/door/<str:token>", link_views.demo_door, name="demo_door"),

    path("account/", views.account, name="account"),
    path("account/onward", signin.onward, name="onward"),
    path("account/sessions", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/sessions/end", views.end_session, name="session_end"),
    path("account/login/", signin.login, name="account_login"),
    path("account/login/second-step/", signin.second_step, name="mfa_authenticate"),
    path("account/login/passkey/", signin.login_by_passkey, name="mfa_login_webauthn"),
    path("account/logout/", signin.logout, name="account_logout"),
    path("account/closed/", signin.inactive, name="account_inactive"),
    path("account/password/", signin.password, name="account_change_password"),
    path("account/again/", signin.password_again, name="account_reauthenticate"),
    path("account/again/code/", signin.code_again, name="mfa_reauthenticate"),
    path("account/again/passkey/", signin.passkey_again, name="mfa_reauthenticate_webauthn"),
    path(STEP, signin.second_steps, name="mfa_index"),
    path(STEP + "app/", signin.app_add, name="mfa_activate_totp"),
    path(STEP + "app/remove/", signin.app_remove, name="mfa_deactivate_totp"),
    path(STEP + "passkeys/", signin.passkeys, name="mfa_list_webauthn"),
    path(STEP + "passkeys/add/", signin.passkey_add, name="mfa_add_webauthn"),
    path(STEP + "passkeys/<int:pk>/", signin.passkey_rename, name="mfa_edit_webauthn"),
    path(STEP + "passkeys/<int:pk>/remove/", signin.passkey_remove, name="mfa_remove_webauthn"),
    path(STEP + "codes/", signin.recovery_codes, name="mfa_view_recovery_codes"),
    path(STEP + "codes/new/", signin.recovery_codes_new, name="mfa_generate_recovery_codes"),
    path(STEP + "codes/file/", signin.recovery_codes_file, name="mfa_download_recovery_codes"),
]
