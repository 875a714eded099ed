from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.access.api import Refused, Role
from alongside.audit.api import entries_of
from alongside.organizations.models import Organization
from alongside.people import reads, rules, writes
from alongside.people.api import account_names, make_demo_door
from alongside.people.models import Account, DemoDoor, Invitation, Membership
from tests.personas import WALL

from .factories import account_of, give_app, membership_of, prove_again

pytestmark = [pytest.mark.django_db, pytest.mark.store]
NEW = {"name": "Gil", "email": "gil@example.org", "password": "a long enough password"}


def today():
    return timezone.localdate()


def invite(actor, *roles: Role) -> str:
    asked = roles or [Role.FACILITATOR]
    return writes.invite(actor, invitation_id=uuid4(), label="Gil", roles=asked, today=today())


def path(token: str) -> str:
    return reverse("join", args=[token])


@pytest.fixture
def sure(as_):
    """A browser of an actor who just typed the password once more."""
    def browser_of(actor) -> Client:
        browser = as_(actor)
        prove_again(browser)
        return browser
    return browser_of


@pytest.mark.parametrize("page", ["people", "invite"])
def test_coordinator_and_director_enter_and_nobody_else(page, as_, ana, dee, fay, fin, ben, sol):
    statuses = [as_(actor).get(reverse(page)).status_code for actor in (ana, dee, fay, fin, ben, sol)]
    assert statuses == [200, 200, 403, 403, 403, 403]


def test_only_the_director_sees_who_did_what(as_, ana, dee, fay, fin, ben, sol):
    statuses = [as_(actor).get(reverse("acts")).status_code for actor in (dee, ana, fay, fin, ben, sol)]
    assert statuses == [200, 403, 403, 403, 403, 403]


def test_writes_are_refused_without_the_permission(ana, dee, fay, fin, ben, sol):
    target = membership_of(dee)
    for actor in (fay, fin, ben, sol):
        for act in (
            invite, lambda who: writes.change_roles(who, target, [Role.READER]),
            lambda who: writes.remove_member(who, target),
            lambda who: writes.make_sign_in_link(who, target, today()),
            lambda who: writes.forget_second_step(who, target),
        ):
            with pytest.raises(Refused):
                act(actor)
    assert membership_of(dee).roles == ["director"]


def test_another_organizations_people_are_not_found(sure, ana, cleo):
    member = membership_of(ana).pk
    invite(ana)
    stranger = sure(cleo)
    statuses = [stranger.get(reverse("member", args=[member])).status_code] + [
        stranger.post(reverse(name, args=[member]), {"roles": ["reader"]}).status_code
        for name in ("member", "member_remove", "member_link", "member_second_step")
    ] + [stranger.post(reverse("invitation_withdraw", args=[Invitation.objects.get().pk])).status_code]
    assert statuses == [404] * 6
    assert (membership_of(ana).roles, Invitation.objects.count()) == (["coordinator"], 1)


def test_another_organization_sees_no_member_and_no_act_of_ours(as_, dee, cleo, other_house):
    invite(dee)
    Membership.objects.filter(account_id=cleo.account_id).update(roles=["coordinator", "director"])
    stranger = as_(cleo)
    assert [card.name for card in stranger.get(reverse("people")).context["members"]] == ["Cleo"]
    assert stranger.get(reverse("acts")).context["acts"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_three(rows, as_, ana, house, django_assert_num_queries):
    for number in range(rows):
        writes.add_member(house, f"{number}@example.org", f"N{number}", [Role.READER])
        writes.invite(ana, invitation_id=uuid4(), label="x", roles=[Role.READER], today=today())
    browser = as_(ana)
    with django_assert_num_queries(6 + WALL):
        browser.get(reverse("people"))


def test_the_list_says_who_has_no_second_step(as_, ana, dee):
    give_app(dee)
    cards = as_(ana).get(reverse("people")).context["members"]
    assert {card.name: card.has_second_step for card in cards} == {"Ana": False, "Dee": True}


def test_inviting_shows_the_link_once_and_keeps_a_hash_of_it(sure, ana):
    form = {"number": uuid4(), "label": "Gil", "roles": ["reader"]}
    page = sure(ana).post(reverse("invite"), form)
    token = page.context["link"].rsplit("/", 1)[1]
    kept = Invitation.objects.get()
    assert (kept.label, kept.roles, token in kept.token_hash) == ("Gil", ["reader"], False)
    assert reads.invitation_by_token(token, today()) == kept


def test_an_invitation_sent_twice_is_one_invitation(sure, ana):
    form = {"number": uuid4(), "label": "Gil", "roles": ["reader"]}
    browser = sure(ana)
    pages = [browser.post(reverse("invite"), form) for _ in range(2)]
    assert ["link" in page.context for page in pages] == [True, False]
    assert Invitation.objects.count() == 1


def test_joining_makes_an_account_that_goes_on_to_the_second_step(ana):
    token = invite(ana)
    browser = Client()
    answer = browser.post(path(token), NEW)
    member = Membership.objects.get(account__email="gil@example.org")
    assert (answer.url, member.roles) == ("/account/second-step/", ["facilitator"])
    assert not member.account.emailaddress_set.exists()  # the address stands sealed in one place alone
    assert browser.get("/account/").url == "/account/second-step/"


def test_a_used_invitation_lets_nobody_in(ana):
    token = invite(ana)
    Client().post(path(token), NEW)
    answer = Client().post(path(token), NEW | {"email": "other@example.org"})
    assert (answer.status_code, Account.objects.filter(email="other@example.org").exists()) == (404, False)


def test_an_expired_invitation_lets_nobody_in(ana):
    token = invite(ana)
    Invitation.objects.update(expires_on=today() - timedelta(days=1))
    assert Client().post(path(token), NEW).status_code == 404


def test_a_withdrawn_invitation_lets_nobody_in(as_, ana):
    token = invite(ana)
    as_(ana).post(reverse("invitation_withdraw", args=[Invitation.objects.get().pk]))
    assert Client().get(path(token)).status_code == 404


def test_of_two_who_use_an_invitation_at_once_one_gets_in(ana):
    invitation = reads.invitation_by_token(invite(ana), today())
    writes.join_as_new(invitation, **NEW)
    with pytest.raises(rules.LinkGone):
        writes.join_as_new(invitation, **NEW | {"email": "other@example.org"})
    assert not Account.objects.filter(email="other@example.org").exists()


def test_a_taken_address_is_refused_and_leaves_the_invitation(ana, dee):
    token = invite(ana)
    page = Client().post(path(token), NEW | {"email": "DEE@example.org"})
    assert ("email" in page.context["form"].errors, Invitation.objects.count()) == (True, 1)


def test_opening_an_invitation_does_not_spend_it(ana):
    token = invite(ana)
    Client().get(path(token))
    assert Client().get(path(token)).status_code == 200


def test_an_account_that_is_signed_in_joins_a_second_organization(as_, ana, cleo, house):
    browser = as_(cleo)
    browser.post(path(invite(ana)))
    assert Membership.objects.get(account_id=cleo.account_id, organization=house).roles == ["facilitator"]
    assert browser.session["organization"] == str(house.pk)


def test_a_colleague_does_not_spend_an_invitation_to_their_own_organization(as_, ana, dee):
    page = as_(dee).post(path(invite(ana)))
    assert (page.status_code, Invitation.objects.count(), membership_of(dee).roles) == (200, 1, ["director"])


def test_roles_are_changed(sure, ana, ben):
    sure(ana).post(reverse("member", args=[membership_of(ben).pk]), {"roles": ["reader", "director"]})
    assert membership_of(ben).roles == ["director", "reader"]


def test_nobody_gives_a_role_to_themselves(sure, ana):
    asked = {"roles": ["coordinator", "director"]}
    page = sure(ana).post(reverse("member", args=[membership_of(ana).pk]), asked)
    assert (page.status_code, membership_of(ana).roles) == (200, ["coordinator"])


def test_a_coordinator_makes_no_server_keeper(ana, ben):
    with pytest.raises(rules.CannotGrant):
        writes.change_roles(ana, membership_of(ben), [Role.SERVER_ADMIN])
    with pytest.raises(rules.CannotGrant):
        invite(ana, Role.SERVER_ADMIN)


def test_the_last_coordinator_stays_one(ana, dee):
    with pytest.raises(rules.LastCoordinator):
        writes.change_roles(dee, membership_of(ana), [Role.READER])
    with pytest.raises(rules.LastCoordinator):
        writes.remove_member(dee, membership_of(ana))
    assert membership_of(ana).roles == ["coordinator"]


def test_a_removed_member_is_out_at_once_and_the_account_is_deleted(as_, sure, ana, ben):
    theirs = as_(ben)
    sure(ana).post(reverse("member_remove", args=[membership_of(ben).pk]))
    assert theirs.get("/account/").status_code == 302
    assert not Account.objects.filter(pk=ben.account_id).exists()


def test_a_removed_member_keeps_the_account_for_another_organization(ana, ben, other_house):
    Membership.objects.create(organization=other_house, account_id=ben.account_id, roles=["reader"])
    writes.remove_member(ana, membership_of(ben))
    assert [place.organization for place in reads.own_memberships(account_of(ben))] == [other_house]


def test_a_password_link_sets_the_password_once_and_ends_sessions(as_, sure, ana, ben):
    theirs = as_(ben)
    page = sure(ana).post(reverse("member_link", args=[membership_of(ben).pk]))
    link = page.context["link"].removeprefix("http://testserver")
    answers = [Client().post(link, {"password": "a brand new password"}).status_code for _ in range(2)]
    assert (answers, account_of(ben).check_password("a brand new password")) == ([302, 404], True)
    assert theirs.get("/account/").status_code == 302


def test_a_password_link_leaves_the_second_step(ana, ben):
    give_app(ben)
    token = writes.make_sign_in_link(ana, membership_of(ben), today())
    writes.set_password_by_link(reads.sign_in_link_by_token(token, today()), "a brand new password")
    assert Authenticator.objects.filter(user_id=ben.account_id).count() == 1


def test_a_newer_password_link_ends_the_older_one(ana, ben):
    tokens = [writes.make_sign_in_link(ana, membership_of(ben), today()) for _ in range(2)]
    assert [reads.sign_in_link_by_token(token, today()) is None for token in tokens] == [True, False]


def test_a_password_link_is_no_invitation_and_the_other_way_round(ana, ben):
    link, invitation = writes.make_sign_in_link(ana, membership_of(ben), today()), invite(ana)
    assert reads.invitation_by_token(link, today()) is None
    assert reads.sign_in_link_by_token(invitation, today()) is None


def test_who_works_for_another_organization_too_is_not_helped_by_one_of_them(ana, ben, other_house):
    Membership.objects.create(organization=other_house, account_id=ben.account_id, roles=["director"])
    for act in (lambda: writes.make_sign_in_link(ana, membership_of(ben), today()),
                lambda: writes.forget_second_step(ana, membership_of(ben))):
        with pytest.raises(rules.CannotHelp):
            act()


def test_a_lost_second_step_is_set_up_anew(sure, ana, ben):
    give_app(ben)
    sure(ana).post(reverse("member_second_step", args=[membership_of(ben).pk]))
    assert not Authenticator.objects.filter(user_id=ben.account_id).exists()


def test_everything_is_recorded(ana, ben):
    writes.withdraw(ana, reads.invitation_by_token(invite(ana), today()))
    writes.join_as_new(reads.invitation_by_token(invite(ana), today()), **NEW)
    writes.change_roles(ana, membership_of(ben), [Role.FINANCE])
    writes.make_sign_in_link(ana, membership_of(ben), today())
    writes.forget_second_step(ana, membership_of(ben))
    writes.remove_member(ana, membership_of(ben))
    acts = [entry.act for entry in entries_of(ana)][::-1]
    assert acts == [
        "invitation.made", "invitation.withdrawn", "invitation.made", "invitation.accepted", "roles.changed",
        "password.link_made", "second_step.forgotten", "member.removed"]


def test_acts_name_people_and_hide_who_left_behind_a_number(as_, dee, ben):
    invite(dee)
    gone = uuid4()
    entries_of(dee).update(account_id=gone)
    invite(dee)
    cards = as_(dee).get(reverse("acts")).context["acts"]
    assert [card.who for card in cards] == ["Dee", f"#{str(gone)[:8]}"]


def test_acts_come_fifty_a_page(as_, dee):
    for _ in range(51):
        invite(dee)
    browser = as_(dee)
    pages = [len(browser.get(reverse("acts"), {"page": number}).context["acts"]) for number in (1, 2)]
    assert pages == [50, 1]


def test_account_names_are_those_of_ones_own_organization(ana, dee, cleo):
    assert account_names(ana) == {ana.account_id: "Ana", dee.account_id: "Dee"}


def test_switching_goes_to_ones_own_organizations_only(as_, ana, cleo, house, other_house):
    Membership.objects.create(organization=other_house, account_id=ana.account_id, roles=["coordinator"])
    browser, stranger = as_(ana), as_(cleo)
    browser.post(reverse("switch"), {"organization": other_house.pk})
    assert "Juniper Center" in browser.get(reverse("organization")).content.decode()
    wanted = [{"organization": house.pk}, {"organization": "x"}]
    assert [stranger.post(reverse("switch"), one).status_code for one in wanted] == [404, 404]


@pytest.fixture
def invented(ana, house, settings):
    """Ana as an invented person of a demo installation."""
    settings.DEMO = True
    Organization.objects.filter(pk=house.pk).update(is_invented=True)
    return ana


def door(actor) -> str:
    return reverse("demo_door", args=[make_demo_door(account_of(actor))])


def test_a_demo_door_signs_in_once_and_needs_no_second_step(invented):
    address = door(invented)
    browser, second = Client(), Client()
    browser.get(address)
    assert browser.get(reverse("people")).status_code == 200
    page = second.get(address)
    assert (page.status_code, "alongside sample --doors" in page.content.decode()) == (404, True)
    assert second.get(reverse("people")).status_code == 302


def test_of_two_who_come_to_a_demo_door_at_once_one_gets_in(invented):
    token = make_demo_door(account_of(invented))
    found = [reads.demo_door_by_token(token) for _ in range(2)]
    assert [writes.spend_demo_door(one) for one in found] == [True, False]


def test_a_demo_door_is_closed_outside_the_demo(invented, settings):
    address = door(invented)
    settings.DEMO = False
    browser = Client()
    assert (browser.get(address).status_code, DemoDoor.objects.count()) == (404, 1)
    assert browser.get(reverse("people")).status_code == 302


def test_a_session_of_the_demo_ends_with_the_demo(invented, settings):
    browser = Client()
    browser.get(door(invented))
    settings.DEMO = False
    assert browser.get(reverse("people")).status_code == 302


def test_a_demo_door_is_not_made_for_a_member_of_a_real_organization(ana):
    with pytest.raises(rules.CannotJoin):
        make_demo_door(account_of(ana))


def test_a_demo_door_closes_when_its_person_joins_a_real_organization(invented, other_house):
    address = door(invented)
    Membership.objects.create(organization=other_house, account_id=invented.account_id, roles=["reader"])
    browser = Client()
    assert browser.get(address).status_code == 404


def test_an_invented_person_joins_no_real_organization(invented, cleo, other_house):
    browser = Client()
    browser.get(door(invented))
    browser.post(path(invite(cleo)))
    assert not Membership.objects.filter(account_id=invented.account_id, organization=other_house).exists()


@pytest.mark.parametrize(
    "name", ["account_change_password", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index"])
def test_visitors_of_the_demo_can_not_take_an_invented_account_over(name, invented):
    browser = Client()
    browser.get(door(invented))
    assert browser.get(reverse(name)).url == "/account/"
