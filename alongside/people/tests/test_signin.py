import re

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from alongside.access.api import door_of
from alongside.access.models import Tries
from alongside.audit.api import entries_of
from alongside.people.adapters import SecondStep
from alongside.people.api import accounts_without_second_step
from alongside.people.models import Account
from alongside.people.standing import mark
from alongside.privacy.api import CannotOpen

from .factories import PASSWORD, SECRET, account_of, code_of, give_app, give_key, prove_again, type_password

pytestmark = pytest.mark.django_db
PEOPLE, STEPS, LOGIN = "/people/", "/account/second-step/", "/account/login/"


def where(browser: Client, path: str = PEOPLE) -> tuple[int, str]:
    answer = browser.get(path)
    return answer.status_code, getattr(answer, "url", "")


def is_right(browser: Client) -> bool:
    """Whether the password was taken."""
    return AUTHENTICATION_METHODS_SESSION_KEY in browser.session


def test_password_and_code_let_in(ana):
    give_app(ana)
    browser = type_password(ana)
    before = browser.session.session_key
    browser.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert where(browser) == (200, "")
    assert browser.session.session_key != before


def test_the_password_alone_lets_in_nowhere(ana):
    give_app(ana)
    assert where(type_password(ana)) == (302, f"{LOGIN}?next={PEOPLE}")


def test_a_wrong_code_lets_in_nowhere(ana):
    give_app(ana)
    browser = type_password(ana)
    wrong = f"{(int(code_of()) + 1) % 10**6:06d}"
    if wrong in {code_of(steps=-1), code_of(steps=1)}:
        wrong = "000000"
    page = browser.post(reverse("mfa_authenticate"), {"code": wrong})
    assert (page.status_code, where(browser)[0]) == (200, 302)


def test_a_code_works_once(ana):
    give_app(ana)
    code = code_of()
    type_password(ana).post(reverse("mfa_authenticate"), {"code": code})
    second = type_password(ana)
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert where(second)[0] == 302


def test_a_used_code_is_refused_for_as_long_as_it_is_right(ana):
    """allauth alone forgets after half a minute; with a clock that is off a code is right for longer."""
    give_app(ana)
    code = code_of()
    type_password(ana).post(reverse("mfa_authenticate"), {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={ana.account_id}&code={code}")
    second = type_password(ana)
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert where(second)[0] == 302


def test_a_code_of_the_half_minute_before_still_works(ana):
    give_app(ana)
    browser = type_password(ana)
    browser.post(reverse("mfa_authenticate"), {"code": code_of(steps=-1)})
    assert where(browser) == (200, "")


def test_a_recovery_code_lets_in_once(ana):
    give_app(ana)
    code = RecoveryCodes.activate(account_of(ana)).generate_codes()[0]
    browsers = [type_password(ana), type_password(ana)]
    for browser in browsers:
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert [where(browser)[0] for browser in browsers] == [200, 302]


def test_whoever_has_no_second_step_reaches_its_set_up_and_nothing_else(ana):
    browser = type_password(ana)
    closed = [PEOPLE, "/organization/", "/account/", "/account/password/", STEPS + "codes/"]
    opened = [STEPS, STEPS + "app/", STEPS + "passkeys/add/"]
    assert {path: where(browser, path) for path in closed} == dict.fromkeys(closed, (302, STEPS))
    assert {path: where(browser, path) for path in opened} == dict.fromkeys(opened, (200, ""))


def test_whoever_has_no_second_step_changes_nothing(ana, house):
    browser = type_password(ana)
    facts = {"name": "X", "word": "thriver", "languages": ["en"]}
    answer = browser.post(reverse("organization_change"), facts)
    house.refresh_from_db()
    assert (answer.url, house.name) == (STEPS, "Lantern House (invented)")


def test_the_set_up_page_itself_shows_nothing_of_the_organization(ana):
    frame = type_password(ana).get(STEPS).context["frame"]
    assert (frame.links, frame.organization, frame.signed_in) == ((), "", True)


def test_setting_up_an_app_opens_the_doors_and_shows_recovery_codes(ana):
    browser = type_password(ana)
    page = browser.get(STEPS + "app/")
    secret = page.context["form"].secret
    answer = browser.post(STEPS + "app/", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain == [(STEPS + "codes/", 302)]
    assert len(answer.context["unused_codes"]) == 10
    assert where(browser) == (200, "")
    assert [entry.act for entry in entries_of(ana)] == ["second_step.added"]


def test_an_app_set_up_twice_is_one_app(ana):
    browser = type_password(ana)
    secret = browser.get(STEPS + "app/").context["form"].secret
    answers = [browser.post(STEPS + "app/", {"code": code_of(secret)}).url for _ in range(2)]
    assert answers == [STEPS + "codes/", STEPS]


def test_a_session_of_the_password_alone_does_not_grow_when_a_second_step_is_set_up_elsewhere(ana):
    thief = type_password(ana)
    give_app(ana)
    assert where(thief) == (302, LOGIN)
    assert where(thief, STEPS + "passkeys/add/") == (302, f"{LOGIN}?next={STEPS}passkeys/add/")


def test_the_page_shows_the_key_in_fours_and_the_code_as_an_image_inside_the_page(ana):
    page = type_password(ana).get(STEPS + "app/")
    html = page.content.decode()
    assert re.search(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", html)
    assert ("<svg" in html, "data:image" in html) == (True, False)


def test_the_secret_of_an_app_is_sealed_in_the_table(ana):
    give_app(ana)
    RecoveryCodes.activate(account_of(ana))
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator")
        rows = [row[0] for row in cursor.fetchall()]
    assert (len(rows), any(SECRET in row for row in rows)) == (2, False)
    sealed = Authenticator.objects.get(type="totp").data["secret"]
    assert SecondStep().decrypt(sealed) == SECRET


def test_a_changed_secret_does_not_open():
    sealed = SecondStep().encrypt(SECRET)
    with pytest.raises(CannotOpen):
        SecondStep().decrypt(sealed[:-4] + ("AAA=" if sealed[-4:] != "AAA=" else "BBB="))


def test_the_last_second_step_stays(as_, ana):
    give_app(ana)
    browser = as_(ana)
    prove_again(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user_id=ana.account_id, type="totp").count() == 1


def test_the_last_passkey_stays(as_, ana):
    key = give_key(ana)
    browser = as_(ana)
    prove_again(browser)
    answer = browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert (answer.url, Authenticator.objects.filter(pk=key.pk).exists()) == (STEPS, True)


def test_a_second_step_beside_another_can_go(as_, ana):
    give_app(ana)
    give_key(ana)
    browser = as_(ana)
    prove_again(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    assert [entry.act for entry in entries_of(ana)] == ["second_step.removed"]


def test_another_accounts_passkey_is_not_found(as_, ana, dee):
    give_app(ana)
    key = give_key(dee)
    give_key(ana)
    browser = as_(ana)
    prove_again(browser)
    assert browser.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404


def test_asking_for_the_password_again_keeps_no_request_in_the_session(as_, ana):
    give_app(ana)
    browser = as_(ana)
    answer = browser.post(reverse("mfa_generate_recovery_codes"))
    assert answer.url.startswith("/account/again/?next=")
    assert "account_reauthentication_state" not in browser.session


def test_a_new_password_ends_the_other_sessions(as_, ana):
    here, there = as_(ana), as_(ana)
    typed = {"oldpassword": PASSWORD, "password1": "another long password"}
    here.post(reverse("account_change_password"), typed)
    assert (where(here)[0], where(there)[0]) == (200, 302)


def test_signing_out_everywhere_ends_every_session(as_, ana):
    here, there = as_(ana), as_(ana)
    here.post(reverse("sign_out_everywhere"))
    assert [where(here)[0], where(there)[0]] == [302, 302]


def test_signing_out_ends_the_session(as_, ana):
    browser = as_(ana)
    browser.post(reverse("account_logout"))
    assert where(browser)[0] == 302


def test_a_closed_account_can_not_sign_in(ana):
    Account.objects.filter(pk=ana.account_id).update(is_active=False)
    browser = type_password(ana)
    assert where(browser, STEPS)[0] == 302


def test_wrong_passwords_are_limited_for_an_account(ana):
    for _ in range(5):
        type_password(ana, "wrong password")
    assert not is_right(type_password(ana))


def test_the_right_password_begins_the_count_anew(ana):
    for _ in range(2):
        for _ in range(4):
            type_password(ana, "wrong password")
        assert is_right(type_password(ana))


def test_strangers_do_not_use_up_the_tries_of_a_browser_in_which_somebody_signed_in(ana):
    give_app(ana)
    at_home = type_password(ana)
    at_home.post(reverse("mfa_authenticate"), {"code": code_of()})
    at_home.post(reverse("account_logout"))
    for _ in range(5):
        type_password(ana, "wrong password")
    at_home.post(LOGIN, {"login": account_of(ana).email, "password": PASSWORD})
    assert (is_right(at_home), is_right(type_password(ana))) == (True, False)


def test_a_browser_in_which_somebody_signed_in_has_no_more_tries_than_others(ana):
    at_home = type_password(ana)
    assert "k" in at_home.cookies
    at_home.post(reverse("account_logout"))
    for _ in range(5):
        at_home.post(LOGIN, {"login": account_of(ana).email, "password": "wrong password"})
    at_home.post(LOGIN, {"login": account_of(ana).email, "password": PASSWORD})
    assert not is_right(at_home)


def test_the_cookie_of_one_account_gives_no_tries_for_another(ana, dee):
    at_home = type_password(ana)
    at_home.post(reverse("account_logout"))
    for _ in range(5):
        type_password(dee, "wrong password")
    at_home.post(LOGIN, {"login": account_of(dee).email, "password": PASSWORD})
    assert not is_right(at_home)


def test_wrong_codes_are_limited_for_an_account(ana):
    give_app(ana)
    for _ in range(5):
        type_password(ana).post(reverse("mfa_authenticate"), {"code": "x"})
    browser = type_password(ana)
    browser.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert where(browser)[0] == 302


def test_wrong_recovery_codes_are_limited_with_the_other_codes(ana):
    give_app(ana)
    code = RecoveryCodes.activate(account_of(ana)).generate_codes()[0]
    for _ in range(5):
        type_password(ana).post(reverse("mfa_authenticate"), {"code": "00000000"})
    browser = type_password(ana)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert where(browser)[0] == 302


@pytest.mark.parametrize(("page", "field"), [
    ("account_reauthenticate", "password"), ("account_change_password", "oldpassword")])
def test_an_open_session_is_no_place_to_guess_the_password(page, field, as_, ana):
    browser = as_(ana)
    for _ in range(5):
        browser.post(reverse(page), {field: "wrong password", "password1": "another long password"})
    answer = browser.post(reverse(page), {field: PASSWORD, "password1": "another long password"})
    assert answer.status_code == 200


def test_no_try_is_counted_by_address(ana):
    type_password(ana, "wrong password")
    from_elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    from_elsewhere.post(LOGIN, {"login": account_of(ana).email, "password": "wrong password"})
    assert list(Tries.objects.values_list("count", flat=True)) == [2]


@pytest.mark.parametrize("name", [
    "account_signup", "account_email", "account_reset_password", "account_set_password",
    "account_confirm_email", "mfa_signup_webauthn", "mfa_trust", "account_request_login_code",
])
def test_what_we_do_not_need_of_allauth_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_address_of_people_and_account_has_a_door():
    patterns = get_resolver("alongside.people.urls").url_patterns
    without = [str(one.pattern) for one in patterns if door_of(one.callback) is None]
    assert (len(patterns) > 30, without) == (True, [])


def test_marks_of_ours_do_not_stick_to_allauths_own_views():
    from allauth.account import views

    assert door_of(views.logout) is None


def test_a_mark_is_for_one_account_alone(client, ana, dee):
    client.force_login(account_of(ana))
    session = client.session
    mark(session, account_of(dee))
    session.save()
    assert where(client) == (302, STEPS)


def test_who_lacks_a_second_step_is_known(ana, dee):
    give_app(dee)
    assert accounts_without_second_step() == ["ana@example.org"]


def test_language_is_kept_in_a_cookie_and_works_without_an_account(client):
    answer = client.post(reverse("set_language"), {"language": "es", "next": LOGIN})
    assert (answer.url, answer.cookies["l"].value) == (LOGIN, "es")


def test_language_does_not_lead_to_another_host(client):
    assert client.post(reverse("set_language"), {"language": "es", "next": "https://evil.example"}).url == "/"
