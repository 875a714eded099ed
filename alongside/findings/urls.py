"""Addresses of this room, under /cycles/."""

from django.urls import path

from .views import closing, comments, files, profile

urlpatterns = [
    path("<uuid:cycle_id>/close", closing.close_cycle, name="cycle_close"),
    path("<uuid:cycle_id>/profile", profile.profile, name="profile"),
    path("<uuid:cycle_id>/profile.csv", files.profile_csv, name="profile_csv"),
    path("<uuid:cycle_id>/profile.json", files.profile_json, name="profile_json"),
    path("<uuid:cycle_id>/profile.pdf", files.profile_pdf, name="profile_pdf"),
    path("<uuid:cycle_id>/profile/<slug:domain_id>", profile.domain, name="profile_domain"),
    path("<uuid:cycle_id>/comments/", comments.comments, name="comments"),
    path("<uuid:cycle_id>/comments/review", comments.review_comment, name="comment_review"),
    path("<uuid:cycle_id>/comments/release", comments.release_comments, name="comments_release"),
]
