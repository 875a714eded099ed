"""Importing answers that were given on paper or in another tool: look first, then import."""

import io
import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.api import Permission, needs

from .. import cards, reads
from ..forms import FileForm
from ..importing import ImportResult, import_answers, wanted_by
from ..imports import COMMENT, item_choices
from ..models import Round
from ..refusals import ColumnsRefused, ImportRefused, ListeningRefused
from ..uploads import LARGEST_ON_A_PAGE, drop_upload, keep_upload, open_upload

LEAVE_OUT = "-"


@needs(Permission.ANSWERS_IMPORT)
def import_page(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """Choose a file; look at what is in it; say which column is which; import all of it or nothing."""
    round_ = get_object_or_404(reads.rounds_of(request.actor), pk=round_id, cycle_id=cycle_id)
    if not round_.frozen:
        messages.error(
            request, _("Open the round first: the questions must stand before answers are imported.")
        )
        return redirect("round", cycle_id, round_id)
    if request.method != "POST":
        return _page(request, round_, file_form=FileForm())
    try:
        return _posted(request, round_)
    except ListeningRefused as refused:
        return _page(request, round_, status=400, file_form=FileForm(), refused=str(refused))


def _posted(request: HttpRequest, round_: Round) -> HttpResponse:
    token, form = request.POST.get("upload", ""), None
    if not token:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, round_, status=400, file_form=form)
        token = _keep(round_, form.cleaned_data["file"])
    content, mapping = open_upload(round_, token), _mapping(request)
    wants_import = request.POST.get("go") == "import"
    try:
        result = import_answers(request.actor, round_, io.BytesIO(content), mapping, dry_run=not wants_import)
    except ColumnsRefused as refused:
        return _columns_page(request, round_, token, refused)
    except ListeningRefused:
        drop_upload(token)
        raise
    return (
        _done(request, round_, token, result)
        if result.imported
        else _look(request, round_, token, mapping, result)
    )


def _keep(round_: Round, file) -> str:
    if file.size > LARGEST_ON_A_PAGE:
        raise ImportRefused(
            _(
                "This file is larger than 20 MB. Split it, or ask the person who keeps the server to "
                "import it with the command line."
            )
        )
    return keep_upload(round_, file.read())


def _mapping(request: HttpRequest) -> dict[str, str | None] | None:
    """What was chosen for each column (fields column-0, target-0, ...), or None where nothing was."""
    if "mapping" in request.POST:
        return _mapping_again(request.POST["mapping"])
    places = sorted(key.removeprefix("column-") for key in request.POST if key.startswith("column-"))
    chosen = {request.POST[f"column-{place}"]: request.POST.get(f"target-{place}", "") for place in places}
    return {name: None if target == LEAVE_OUT else target for name, target in chosen.items()} or None


def _mapping_again(text: str) -> dict[str, str | None] | None:
    """The mapping as our own page sent it along."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    fits = isinstance(found, dict) and all(
        value is None or isinstance(value, str) for value in found.values()
    )
    return found if fits else None


def _done(request: HttpRequest, round_: Round, token: str, result: ImportResult) -> HttpResponse:
    drop_upload(token)
    messages.success(request, ngettext(
        "%(rows)d line was imported.", "%(rows)d lines were imported.", result.rows) % {"rows": result.rows})
    return redirect("round", round_.cycle_id, round_.pk)


def _look(request: HttpRequest, round_: Round, token: str, mapping, result: ImportResult) -> HttpResponse:
    """What the file holds. A file with bad cells is not kept: it has to come again, mended."""
    if not result.rows or result.bad_total:
        drop_upload(token)
    return _page(
        request,
        round_,
        file_form=FileForm(),
        result=result,
        upload=token,
        mapping=json.dumps(mapping),
        status=400 if result.bad_total or not result.rows else 200,
    )


def _columns_page(request: HttpRequest, round_: Round, token: str, refused: ColumnsRefused) -> HttpResponse:
    wanted = wanted_by(round_)
    guesses = item_choices(refused.header, wanted)
    posted = _mapping(request) or {}
    columns = [
        {"place": place, "name": name, "chosen": _chosen(posted, name, guesses)}
        for place, name in enumerate(refused.header)
    ]
    return _page(
        request,
        round_,
        status=400,
        file_form=FileForm(),
        refused=str(refused),
        upload=token,
        columns=columns,
        targets=[*wanted.items, *(COMMENT + one for one in wanted.domains)],
    )


def _chosen(posted: dict, name: str, guesses: dict[str, str]) -> str:
    if name not in posted:
        return guesses[name]
    return LEAVE_OUT if posted[name] is None else posted[name]


def _page(request: HttpRequest, round_: Round, *, status: int = 200, **shown) -> HttpResponse:
    wanted = wanted_by(round_)
    return render(
        request,
        "listening/import.html",
        {
            "round": cards.one_round_card(request.actor, round_),
            "cycle_name": round_.cycle.name,
            "header": ",".join([*wanted.items, *(COMMENT + one for one in wanted.domains)]),
            "leave_out": LEAVE_OUT,
            "width": len(wanted.items),
        }
        | shown,
        status=status,
    )
