"""The home page: where the loop stands, and one next step that fits the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.access.api import Permission, needs
from alongside.findings.api import export_card, exports_to_decide

from ..reads import loop as reads
from ..reads.replying import language_name
from ..rules.loop import Step


@needs(Permission.HOME)
def home(request: HttpRequest) -> HttpResponse:
    """The loop for who works on it; a kind word and the right link for everybody else."""
    actor = request.actor
    if actor.may(Permission.CYCLES_SEE):
        return _loop(request)
    if actor.may(Permission.PROFILE_OUTSIDE):
        return render(request, "changes/home_reader.html", {"released": reads.released_of(actor)})
    kind = "server" if actor.may(Permission.SERVER_CARE) else "nothing"
    return render(request, "changes/home_quiet.html", {"kind": kind})


def _loop(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    today = timezone.localdate()
    loop = reads.loop_of(actor, today)
    needed = {Step.PLAN: Permission.CYCLES_PLAN, Step.OPEN: Permission.CYCLES_PLAN,
              Step.LISTEN: Permission.CYCLES_SEE, Step.CLOSE: Permission.CYCLES_PLAN,
              Step.PUBLISH: Permission.REPLY_PUBLISH, Step.FINISH: Permission.REPLY_PUBLISH,
              Step.AGAIN: Permission.CYCLES_PLAN}.get(loop.step, Permission.CHANGES_EDIT)
    return render(request, "changes/home.html", {
        "requests": [export_card(one) for one in exports_to_decide(actor, today)],
        "loop": loop, "may_act": actor.may(needed), "sees_changes": actor.may(Permission.CHANGES_SEE),
        "may_plan": actor.may(Permission.CYCLES_PLAN), "sees_profile": actor.may(Permission.PROFILE_SEE),
        "may_mail": actor.may(Permission.MAIL_SEND),
        "missing_names": ", ".join(language_name(code) for code in loop.missing_languages),
    })
