import { readFileSync } from 'node:fs'
import { type Html, html, trusted } from './html.ts'
import { zoomScript, zoomScriptHash, zoomStyle } from './zoom-script.ts'

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/\n/g, '')

/** Nothing is fetched, nothing is sent; nothing runs but our own script, known by its hash. Figures have style attributes. */
function policy(hasZoom: boolean): string {
  const scripts = hasZoom ? ` script-src '${zoomScriptHash}';` : ''
  return `default-src 'none';${scripts} style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
}

/** JSON inside a script element: `<` must not appear, else a text could close the element. */
export function dataBlock(id: string, value: unknown): Html {
  return html`<script type="application/json" id="${id}">${trusted(JSON.stringify(value).replaceAll('<', '\\u003c'))}</script>`
}

/** One self-contained page. Figures that can be zoomed bring the script; they are drawn from the data block `result`. */
export function page(title: string, body: Html, data: Html): string {
  // In a text the quote would be escaped.
  const hasZoom = body.markup.includes(' data-zoom="')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy(hasZoom))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="chatgauge">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(hasZoom ? `${zoomStyle}\n${style}` : style)}</style>
</head>
<body>
<main>
${body}
</main>
${data}
${hasZoom ? trusted(`<script>${zoomScript}</script>\n`) : ''}</body>
</html>
`.markup
}
