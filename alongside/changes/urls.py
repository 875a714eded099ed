"""Addresses of home, findings and decisions, actions, and of writing the reply."""

from django.urls import path

from .views import acting, deciding, loop, papers, replying

FINDINGS = "cycles/<uuid:cycle_id>/findings/"
FINDING = FINDINGS + "<uuid:finding_id>/"
REPLY = "cycles/<uuid:cycle_id>/reply/"

urlpatterns = [
    path("", loop.home, name="home"),
    path("changes/", acting.changes, name="changes"),
    path("changes/<uuid:action_id>/", acting.change_action, name="action"),
    path("changes/<uuid:action_id>/end", acting.end_action, name="action_end"),
    path("changes/<uuid:action_id>/reopen", acting.reopen_action, name="action_reopen"),
    path(FINDINGS, deciding.findings, name="findings"),
    path(FINDINGS + "add", deciding.add_finding, name="finding_add"),
    path(FINDING, deciding.change_finding, name="finding"),
    path(FINDING + "remove", deciding.remove_finding, name="finding_remove"),
    path(FINDING + "move", deciding.move_finding, name="finding_move"),
    path(FINDING + "decide", deciding.decide, name="decide"),
    path(FINDING + "actions/add", acting.add_action, name="action_add"),
    path(REPLY, replying.edit, name="reply_edit"),
    path(REPLY + "preview", replying.preview, name="reply_preview"),
    path(REPLY + "publish", replying.publish, name="reply_publish"),
    path(REPLY + "poster.pdf", papers.poster, name="reply_poster"),
    path(REPLY + "handout.pdf", papers.handout, name="reply_handout"),
    path(REPLY + "read-aloud.txt", papers.aloud, name="reply_aloud"),
    path("cycles/<uuid:cycle_id>/finish", replying.finish, name="cycle_finish"),
]
