"""Addresses of this room, under /cycles/."""

from django.urls import path

from .views import closing, comments, exporting, files, profile, unlocking

urlpatterns = [
    path("<uuid:cycle_id>/close", closing.close_cycle, name="cycle_close"),
    path("<uuid:cycle_id>/profile", profile.profile, name="profile"),
    path("<uuid:cycle_id>/profile.csv", files.profile_csv, name="profile_csv"),
    path("<uuid:cycle_id>/profile.json", files.profile_json, name="profile_json"),
    path("<uuid:cycle_id>/profile.pdf", files.profile_pdf, name="profile_pdf"),
    path("<uuid:cycle_id>/export", exporting.ask, name="export"),
    path("<uuid:cycle_id>/export/<uuid:export_id>", exporting.decide, name="export_decide"),
    path("<uuid:cycle_id>/export/<uuid:export_id>/refuse", exporting.refuse, name="export_refuse"),
    path("<uuid:cycle_id>/profile/<slug:domain_id>", profile.domain, name="profile_domain"),
    path("<uuid:cycle_id>/comments/", comments.comments, name="comments"),
    path("<uuid:cycle_id>/comments/review", comments.review_comment, name="comment_review"),
    path("<uuid:cycle_id>/comments/box", unlocking.box, name="comments_box"),
    path("<uuid:cycle_id>/comments/box/begin", unlocking.begin, name="comments_box_begin"),
    path("<uuid:cycle_id>/comments/box/key", unlocking.put_in_key, name="comments_box_key"),
    path("<uuid:cycle_id>/comments/release", comments.release_comments, name="comments_release"),
]
