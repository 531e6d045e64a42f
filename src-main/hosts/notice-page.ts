/** A page without scripts for when the desk itself cannot speak: each text once per language. */
export interface Notice {
  /** Chinese first, then English; a page for a clerk whose language is not known yet. */
  titles: readonly string[]
  texts: readonly string[]
  /** One link, such as "open again". */
  link?: { href: string; text: string }
}

export function renderNoticePage(notice: Notice): string {
  const lines = [
    ...notice.titles.map((title) => `<h1>${escapeHtml(title)}</h1>`),
    ...notice.texts.map((text) => `<p>${escapeHtml(text)}</p>`),
  ]
  if (notice.link) {
    lines.push(
      `<p><a href="${escapeHtml(notice.link.href)}">${escapeHtml(notice.link.text)}</a></p>`,
    )
  }
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(notice.titles.join(' · '))}</title>
<style>
body{font:16px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;max-width:44rem;margin:12vh auto;padding:0 2rem}
h1{font-size:1.3rem;margin:0 0 .25rem}a{color:#0b6e69}@media(prefers-color-scheme:dark){a{color:#5cc4be}}
</style></head><body><main>
${lines.join('\n')}
</main></body></html>
`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
