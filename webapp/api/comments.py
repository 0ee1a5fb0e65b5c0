"""Comments: remarks about a sentence."""

from typing import Final

from flask import Response

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.operations import ARTICLE, SENTENCE, change, operation, read, reply
from webapp.api.review_schemas import CommentEditIn, CommentIn, CommentModel, CommentsModel
from webapp.services.comments import add_comment, comments_of, delete_comment, edit_comment, reopen_comment, resolve_comment

TAG: Final = "Comments"
ONE: Final = "/articles/<string:article_id>/comments/<int:comment_id>"
THERE: Final = (*ARTICLE, "comment-not-found")


@api.get("/articles/<string:article_id>/sentences/<int:sentence_id>/comments")
@api.output(CommentsModel, description="The oldest first, resolved ones too.", example=examples.COMMENTS)
@operation("List the comments of a sentence", id="listComments", tag=TAG, errors=SENTENCE[:2])
def list_comments(article_id: str, sentence_id: int) -> Response:
    return reply(CommentsModel(comments=read(lambda tx: comments_of(tx, article_id, sentence_id))))


@api.post("/articles/<string:article_id>/sentences/<int:sentence_id>/comments")
@api.input(CommentIn, location="json", arg_name="body", example=examples.COMMENT_IN)
@api.output(CommentModel, status_code=201, description="Written.", example=examples.COMMENT)
@operation("Comment on a sentence", id="addComment", tag=TAG, errors=(*SENTENCE, "text-missing", "request-invalid"))
def post_comment(article_id: str, sentence_id: int, body: CommentIn) -> Response:
    made = change(lambda tx: add_comment(tx, article_id, sentence_id, body.text, target=body.target, who=who()))
    return reply(CommentModel(made), 201)


@api.put(ONE)
@api.input(CommentEditIn, location="json", arg_name="body", example=examples.COMMENT_EDIT_IN)
@api.output(CommentModel, description="Changed.", example=examples.COMMENT)
@operation(
    "Change your comment", id="editComment", tag=TAG, errors=(*THERE, "comment-of-another", "text-missing", "request-invalid")
)
def put_comment(article_id: str, comment_id: int, body: CommentEditIn) -> Response:
    return reply(CommentModel(change(lambda tx: edit_comment(tx, article_id, comment_id, body.text, who=who()))))


@api.delete(ONE)
@api.output({}, status_code=204, description="Deleted.")
@operation("Delete your comment", id="deleteComment", tag=TAG, errors=(*THERE, "comment-of-another"))
def remove_comment(article_id: str, comment_id: int) -> Response:
    change(lambda tx: delete_comment(tx, article_id, comment_id, who=who()))
    return Response(status=204)


@api.post(f"{ONE}/resolve")
@api.output(CommentModel, description="Dealt with.", example=examples.COMMENT)
@operation("Resolve a comment", id="resolveComment", tag=TAG, errors=THERE)
def resolve(article_id: str, comment_id: int) -> Response:
    return reply(CommentModel(change(lambda tx: resolve_comment(tx, article_id, comment_id, who=who()))))


@api.post(f"{ONE}/reopen")
@api.output(CommentModel, description="Open again.", example=examples.COMMENT)
@operation("Reopen a comment", id="reopenComment", tag=TAG, errors=THERE)
def reopen(article_id: str, comment_id: int) -> Response:
    return reply(CommentModel(change(lambda tx: reopen_comment(tx, article_id, comment_id, who=who()))))
