"""Addresses of the staff pages of this room, under /cycles/."""

from django.urls import path

from .boxes import handing
from .boxes import views as boxes
from .views import cycles, imports, rounds

urlpatterns = [
    path("", cycles.cycle_list, name="cycles"),
    path("new", cycles.plan_cycle, name="cycle_new"),
    path("box", boxes.box_page, name="box"),
    path("box/new", boxes.make_box, name="box_new"),
    path("box/keys", handing.hand_keys, name="box_keys"),
    path("box/practice", boxes.practice, name="box_practice"),
    path("box/use", boxes.use_box, name="box_use"),
    path("box/retire", boxes.retire_box, name="box_retire"),
    path("<uuid:cycle_id>/", cycles.cycle_page, name="cycle"),
    path("<uuid:cycle_id>/change", cycles.change_cycle, name="cycle_change"),
    path("<uuid:cycle_id>/remove", cycles.remove_cycle, name="cycle_remove"),
    path("<uuid:cycle_id>/questions/<slug:voice>", cycles.questions, name="cycle_questions"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/", rounds.round_page, name="round"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/open", rounds.open_round, name="round_open"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/close", rounds.close_round, name="round_close"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/slips", rounds.make_slips, name="round_slips"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/poster", rounds.poster, name="round_poster"),
    path("<uuid:cycle_id>/rounds/<uuid:round_id>/import", imports.import_page, name="round_import"),
]
