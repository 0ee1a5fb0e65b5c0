"""The first schema"""

from alembic import op
import sqlalchemy as sa

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", BIG, nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("encoding", sa.String(length=32), nullable=False),
        sa.Column("leading", sa.Text(), nullable=False),
        sa.Column("detected_language", sa.String(length=8), nullable=True),
        sa.Column("detected_probability", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("paragraph_count", sa.Integer(), nullable=False),
        sa.Column("sentence_count", sa.Integer(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("public_id", name=op.f("uq_articles_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "installs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=255), nullable=True),
        sa.Column("pair", sa.String(length=32), nullable=False),
        sa.Column("bytes_done", BIG, nullable=False),
        sa.Column("bytes_total", BIG, nullable=False),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("error_data", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installs")),
    )
    op.create_table(
        "measures",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_measures")),
    )
    op.create_table(
        "packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
        sa.UniqueConstraint("sha256", "pair", "version", "kind", name=op.f("uq_packages_sha256_pair_version_kind")),
    )
    op.create_table(
        "routes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
        sa.UniqueConstraint("key", name=op.f("uq_routes_key")),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("process_start", sa.String(length=64), nullable=False),
        sa.Column("heartbeat_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_table(
        "jobs",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=255), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("error_data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_jobs_article_id_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_status", "jobs", ["status"], unique=False)

    op.create_table(
        "paragraphs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("separator", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("revision", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_paragraphs_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraphs")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paragraphs_article_id_position", "paragraphs", ["article_id", "position"], unique=True)

    op.create_table(
        "route_hops",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_route_hops_package_id_packages")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_hops_route_id_routes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("route_id", "position", name=op.f("pk_route_hops")),
    )
    op.create_table(
        "search_texts",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_search_texts_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_texts")),
    )
    op.create_table(
        "versions",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("untranslated_sentences", sa.Integer(), nullable=False),
        sa.Column("untranslated_words", sa.Integer(), nullable=False),
        sa.Column("draft_sentences", sa.Integer(), nullable=False),
        sa.Column("draft_words", sa.Integer(), nullable=False),
        sa.Column("translated_sentences", sa.Integer(), nullable=False),
        sa.Column("translated_words", sa.Integer(), nullable=False),
        sa.Column("approved_sentences", sa.Integer(), nullable=False),
        sa.Column("approved_words", sa.Integer(), nullable=False),
        sa.Column("rejected_sentences", sa.Integer(), nullable=False),
        sa.Column("rejected_words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_versions_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "target", name=op.f("pk_versions")),
    )
    op.create_table(
        "sentences",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("paragraph_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("separator", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_sentences_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraphs.id"], name=op.f("fk_sentences_paragraph_id_paragraphs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentences")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sentences_article_id", "sentences", ["article_id"], unique=False)
    op.create_index("ix_sentences_paragraph_id_position", "sentences", ["paragraph_id", "position"], unique=True)

    op.create_table(
        "drafts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.Column("traces", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_drafts_route_id_routes")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_drafts_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_sentence_id_target", "drafts", ["sentence_id", "target"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("via", sa.String(length=32), nullable=False),
        sa.Column("text_before", sa.Text(), nullable=False),
        sa.Column("text_after", sa.Text(), nullable=False),
        sa.Column("state_before", sa.String(length=16), nullable=False),
        sa.Column("state_after", sa.String(length=16), nullable=False),
        sa.Column("origin_before", sa.String(length=16), nullable=True),
        sa.Column("origin_after", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_history_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_sentence_id_target", "history", ["sentence_id", "target"], unique=False)

    op.create_table(
        "translations",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=True),
        sa.Column("pivot", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_translations_route_id_routes")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_translations_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sentence_id", "target", name=op.f("pk_translations")),
    )
    op.create_index(
        "ix_translations_pending",
        "translations",
        ["article_id", "sentence_id"],
        unique=False,
        sqlite_where=sa.text("pending = 1"),
        postgresql_where=sa.text("pending"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_translations_pending",
        table_name="translations",
        sqlite_where=sa.text("pending = 1"),
        postgresql_where=sa.text("pending"),
    )

    op.drop_table("translations")
    op.drop_index("ix_history_sentence_id_target", table_name="history")

    op.drop_table("history")
    op.drop_index("ix_drafts_sentence_id_target", table_name="drafts")

    op.drop_table("drafts")
    op.drop_index("ix_sentences_paragraph_id_position", table_name="sentences")
    op.drop_index("ix_sentences_article_id", table_name="sentences")

    op.drop_table("sentences")
    op.drop_table("versions")
    op.drop_table("search_texts")
    op.drop_table("route_hops")
    op.drop_index("ix_paragraphs_article_id_position", table_name="paragraphs")

    op.drop_table("paragraphs")
    op.drop_index("ix_jobs_status", table_name="jobs")

    op.drop_table("jobs")
    op.drop_table("workers")
    op.drop_table("routes")
    op.drop_table("packages")
    op.drop_table("measures")
    op.drop_table("installs")
    op.drop_table("articles")
