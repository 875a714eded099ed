"""Cycles: the list, planning one, its page, and its questions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.frameworks.api import FORMS, FrameworkRefused, FrameworkUnknown, instrument
from alongside.organizations.api import organization_of, units_by_name

from .. import cards, reads, words, writes
from ..forms import PlanForm, first_plan, plan_again
from ..models import Voice
from ..refusals import PlanRefused, PromiseFrozen


@needs(Permission.CYCLES_SEE)
def cycle_list(request: HttpRequest) -> HttpResponse:
    """Every cycle, newest first."""
    today = timezone.localdate()
    found = [cards.cycle_card(one, today) for one in reads.cycles_of(request.actor)]
    may_plan = request.actor.may(Permission.CYCLES_PLAN)
    return render(request, "listening/cycles.html", {"cycles": found, "may_plan": may_plan})


@needs(Permission.CYCLES_PLAN)
def plan_cycle(request: HttpRequest) -> HttpResponse:
    """Plan a new cycle, or look at the time that a plan takes before it is saved."""
    if request.method != "POST":
        return _plan_page(request, _plan_form(request, initial=first_plan(timezone.localdate())))
    form = _plan_form(request, request.POST)
    if not form.is_valid() or "look" in request.POST:
        return _plan_page(request, form)
    try:
        cycle = writes.plan_cycle(request.actor, form.plan())
    except PlanRefused as refused:
        return _plan_page(request, _with_problems(form, refused))
    messages.success(request, _("The cycle is planned. Nobody is asked until you open its rounds."))
    return redirect("cycle", cycle.pk)


@needs(Permission.CYCLES_PLAN)
def change_cycle(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Change the plan of a cycle in which nobody was asked yet."""
    cycle = get_object_or_404(reads.cycles_of(request.actor), pk=cycle_id)
    if request.method != "POST":
        return _plan_page(
            request, _plan_form(request, initial=plan_again(cycle, list(cycle.rounds.all()))), cycle
        )
    form = _plan_form(request, request.POST)
    if not form.is_valid() or "look" in request.POST:
        return _plan_page(request, form, cycle)
    try:
        writes.change_plan(request.actor, cycle, form.plan())
    except PlanRefused as refused:
        return _plan_page(request, _with_problems(form, refused), cycle)
    except PromiseFrozen as refused:
        form.add_error(None, str(refused))
        return _plan_page(request, form, cycle)
    messages.success(request, _("The plan was changed."))
    return redirect("cycle", cycle.pk)


@require_POST
@needs(Permission.CYCLES_PLAN, again=True)
def remove_cycle(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Remove a cycle in which nobody was asked yet."""
    cycle = get_object_or_404(reads.cycles_of(request.actor), pk=cycle_id)
    try:
        writes.remove_cycle(request.actor, cycle)
    except PromiseFrozen as refused:
        messages.error(request, str(refused))
        return redirect("cycle", cycle_id)
    messages.success(request, _("The planned cycle was removed."))
    return redirect("cycles")


@needs(Permission.CYCLES_SEE)
def cycle_page(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """One cycle: its rounds, and what is left to do."""
    cycle = get_object_or_404(reads.cycles_of(request.actor), pk=cycle_id)
    today = timezone.localdate()
    card, rounds = cards.cycle_card(cycle, today), cards.round_cards(request.actor, cycle)
    steps = cards.steps(request.actor, card, rounds)
    return render(
        request,
        "listening/cycle.html",
        {
            "cycle": card,
            "rounds": rounds,
            "steps": steps,
            "framework": _framework_title(cycle),
            "form_label": words.form_label(cycle.form),
            "onward": cards.onward(request.actor, card),
            "next_step": next((one for one in steps if not one.done), None),
            "waiting": cards.waiting_cards(request.actor, today, than=cycle),
            "may_plan": request.actor.may(Permission.CYCLES_PLAN),
            "may_write": request.actor.may(Permission.MAIL_SEND) and card.state != "finished",
            "few": any(one.few for one in rounds),
            "untouched": card.state in ("planned", "proposed"),
        },
    )


@needs(Permission.CYCLES_SEE)
def questions(request: HttpRequest, cycle_id: UUID, voice: str) -> HttpResponse:
    """All that a voice is asked, read-only: as frozen once its round is open, else as it would be now."""
    cycle = get_object_or_404(reads.cycles_of(request.actor), pk=cycle_id)
    if voice not in Voice.values:
        raise Http404
    try:
        asked = _instrument(request, cycle, voice)
    except (FrameworkUnknown, FrameworkRefused):
        messages.error(request, _("The framework of this cycle is not here any more. Change the plan first."))
        return redirect("cycle", cycle_id)
    language = request.GET.get("language", "")
    language = language if language in asked.languages else asked.languages[0]
    return render(request, "listening/questions.html", {
        "cycle": cards.cycle_card(cycle, timezone.localdate()), "voice": voice, "count": len(asked.items),
        "voice_label": words.voice_label(voice), "language": language,
        "languages": [cards.Labeled(one, words.language_label(one)) for one in asked.languages],
        "voices": [cards.Labeled(one, words.voice_label(one)) for one in Voice.values],
        "minutes": asked.minutes, "scale": asked.scale.in_(language), "pages": _pages(asked, language),
    })


def _instrument(request: HttpRequest, cycle, voice: str):
    """What a voice is asked in this cycle. Opened rounds of one voice all froze the same framework and words.
    """
    opened = [one for one in reads.rounds_in(request.actor, cycle) if one.voice == voice and one.frozen]
    organization = organization_of(request.actor)
    if opened:
        return reads.instrument_in(opened[0], organization)
    return reads.instrument_for(cycle, voice, organization)


def _pages(asked, language: str) -> list[dict]:
    return [
        {
            "title": page.title.in_(language),
            "note": page.note.in_(language),
            "comment": page.comment.in_(language),
            "items": [(item.id, item.text.in_(language)) for item in page.items],
        }
        for page in asked.pages
    ]


def _plan_form(request: HttpRequest, data=None, initial: dict | None = None) -> PlanForm:
    return PlanForm(
        data, initial=initial, frameworks=reads.frameworks(), units=units_by_name(request.actor),
        own_words=organization_of(request.actor).words)


def _with_problems(form: PlanForm, refused: PlanRefused) -> PlanForm:
    for field, message in refused.problems:
        form.add_error(field if field in form.fields else None, message)
    return form


def _plan_page(request: HttpRequest, form: PlanForm, cycle=None) -> HttpResponse:
    organization = organization_of(request.actor)
    ready = form.is_bound and form.is_valid()
    plan = form.plan() if ready else None
    return render(request, "listening/plan.html", {
        "form": form, "cycle_id": cycle.pk if cycle else None, "cycle_name": cycle.name if cycle else "",
        "waiting": cards.waiting_cards(request.actor, timezone.localdate(), than=cycle),
        "burdens": cards.burdens(plan, organization) if plan else [],
        "times": _times(organization), "missing": _missing(plan) if plan else [],
    }, status=400 if form.errors else 200)


def _missing(plan) -> list[str]:
    asked = {ask.voice for ask in plan.asks}
    return [words.voice_label(voice) for voice in Voice.values if voice not in asked]


def _times(organization) -> list[dict]:
    """Minutes of both forms for each framework and voice, so that they can be weighed before choosing."""
    return [
        {"framework": one.title.in_(get_language() or "en"), "form": words.form_label(form), "asked": [
            (words.voice_label(voice), asked.minutes, len(asked.items)) for voice in Voice.values
            if (asked := instrument(one, voice, form, organization.words)).items
        ]}
        for one in reads.frameworks() for form in FORMS
    ]


def _framework_title(cycle) -> str:
    found = next((one for one in reads.frameworks() if one.key == cycle.framework_key), None)
    return found.title.in_(get_language() or "en") if found else cycle.framework_key
