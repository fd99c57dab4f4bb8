"""The admin page: forms that a script of ours fills through the admin API. Nothing of it is known before the token is given."""

from __future__ import annotations

import gradio as gr

from ui.intake.names import PLAN_KINDS
from ui.web.file_field import file_control
from ui.web.header import ADMIN, place_header
from ui.web.site import Site

_CLOSED = (
    '<p class="office-doubt">管理機能は使えない設定になっています。使うには、サーバーの設定 MACHIPLAN_ADMIN_TOKEN に'
    "合言葉を書いて、起動し直してください。</p>"
)

_ENTER = """
<section id="admin-door" class="office-card">
<form id="admin-enter" autocomplete="off">
  <div class="office-field">
    <label for="admin-token">合言葉</label>
    <input id="admin-token" type="password" autocomplete="off" required aria-describedby="admin-token-note">
  </div>
  <p id="admin-token-note" class="office-soft">合言葉は、このページを開いている間だけ使います。端末には保存しません。</p>
  <button class="office-main">管理を始める</button>
  <div id="admin-enter-said"></div>
</form>
</section>"""

_PLANS = f"""
<section aria-labelledby="admin-plans-title">
  <h2 id="admin-plans-title" tabindex="-1">収録している計画</h2>
  <div id="admin-plans-said"></div>
  <div id="admin-plans"></div>
</section>
<section aria-labelledby="admin-add-title" class="office-card">
  <h2 id="admin-add-title">計画を追加する</h2>
  <form id="admin-add">
    <div class="office-field office-long">
      <label for="admin-files">計画のファイル（20件まで、合わせて60 MBまで）</label>
      {file_control("admin-files", ",".join(PLAN_KINDS), many=True, note="admin-files-note")}
      <p id="admin-files-note" class="office-soft">PDF・Word（docx）・HTML・テキスト・Markdown、1つ 30 MB まで。
      市町村名・題名・計画期間は本文から読み取ります。</p>
    </div>
    <button class="office-main">取り込む</button>
    <div id="admin-add-said"></div>
  </form>
</section>
<section id="admin-work" hidden>
  <p class="office-stage"></p>
  <progress aria-label="取り込みの進み具合"></progress>
</section>
<section id="admin-report"></section>"""

_GAPS = """
<section aria-labelledby="admin-gaps-title">
  <h2 id="admin-gaps-title">答えられなかったご質問</h2>
  <p>計画に記載がなかったご質問と、「役に立たなかった」とされた回答を、市町村・理由・話題ごとにまとめています。
  電話番号・住所・名前などは自動で伏せていますが、残ることもあります。外へ出す前に目を通してください。</p>
  <div id="admin-gap-said"></div>
  <div class="office-row">
    <div class="office-field"><label for="admin-gap-town">市町村</label><select id="admin-gap-town"></select></div>
    <button type="button" id="admin-gap-csv">CSV で保存する</button>
    <button type="button" id="admin-gap-again">読み込み直す</button>
  </div>
  <div id="admin-gaps"></div>
</section>"""

_DIALOGS = f"""
<dialog id="admin-replace" aria-labelledby="admin-replace-title">
  <form id="admin-replace-form">
    <h2 id="admin-replace-title">計画を入れ替える</h2>
    <p id="admin-replace-text"></p>
    <div class="office-field">
      <label for="admin-replace-file">新しいファイル</label>
      {file_control("admin-replace-file", ",".join(PLAN_KINDS))}
    </div>
    <div id="admin-replace-said"></div>
    <div class="office-row">
      <button class="office-main">入れ替える</button><button type="button" data-close="admin-replace">やめる</button>
    </div>
  </form>
</dialog>
<dialog id="admin-remove" aria-labelledby="admin-remove-title">
  <form id="admin-remove-form">
    <h2 id="admin-remove-title">計画を削除しますか</h2>
    <p id="admin-remove-text"></p>
    <div class="office-row">
      <button type="button" data-close="admin-remove">やめる</button><button class="office-danger">削除する</button>
    </div>
  </form>
</dialog>"""


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the components of this page in ``page`` (the current route). Its events are in ``static/20-admin.js``."""
    place_header(ADMIN)
    room = f'{_ENTER}<div id="admin-room" class="office-room" hidden>{_PLANS}{_GAPS}{_DIALOGS}</div>'
    with gr.Column(elem_id="layout"):
        shown = room if site.settings.admin_token else _CLOSED
        gr.HTML(f'<div class="office">{shown}</div>', elem_id="admin", apply_default_css=False)
