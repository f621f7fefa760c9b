import { readFileSync } from 'node:fs'
import { type Html, html, trusted } from './html.ts'

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/\n/g, '')

/** Nothing is fetched, nothing runs, nothing is sent. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** JSON inside a script element: `<` must not appear, else a text could close the element. */
export function dataBlock(id: string, value: unknown): Html {
  return html`<script type="application/json" id="${id}">${trusted(JSON.stringify(value).replaceAll('<', '\\u003c'))}</script>`
}

export function page(title: string, body: Html, data: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="chatgauge">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<main>
${body}
</main>
${data}
</body>
</html>
`.markup
}
