// Functions that run inside the page, each on its own: nothing from outside is within their reach. JavaScript, because
// the types of a browser would otherwise be known to every file of the project.

/** What axe-core has against the page as it stands there, one line each; `count` says that it did look. */
export async function auditPage(runOnly) {
  const { passes, violations } = await globalThis.axe.run(document, { runOnly })
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  )
  return { count: passes.length, findings }
}

/** Everything unfolded, and one figure zoomed where there is one. */
export function unfoldAll() {
  for (const each of document.querySelectorAll('details')) each.open = true
  document.querySelector('.to-zoom')?.click()
}

export function backgroundColour() {
  return getComputedStyle(document.body).backgroundColor
}

/** Elements that reach beyond the screen, but for those within something that scrolls by itself. */
export function beyondScreen() {
  const { clientWidth, scrollWidth } = document.documentElement
  const scrolling = '.scroll, .plot, svg, .hidden'
  const wide = [...document.querySelectorAll('main *')].filter(
    each =>
      each.getBoundingClientRect().right > clientWidth + 0.5 &&
      !each.matches('.hidden') &&
      !each.parentElement.closest(scrolling),
  )
  return [
    ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : []),
    ...wide.map(each => each.outerHTML.slice(0, 120)),
  ]
}

/** Elements of the first screen that are missing, or end below it. */
export function belowScreen(selectors) {
  return selectors.flatMap(selector => {
    const bottom = document.querySelector(selector)?.getBoundingClientRect().bottom
    return bottom !== undefined && bottom <= innerHeight ? [] : [`${selector} ends at ${bottom} of ${innerHeight}`]
  })
}

/** Head and foot of each picture with its caption get a link, whose page can be read in the PDF. */
export function markFigures() {
  const link = name => {
    const made = document.createElement('a')
    made.href = `https://figure.test/${name}`
    made.textContent = '.'
    made.style.cssText = 'display: block; height: 1px; font-size: 1px; line-height: 1px'
    return made
  }
  const figures = [...document.querySelectorAll('figure')]
  for (const [at, figure] of figures.entries()) {
    const picture = figure.querySelector('.picture')
    picture.prepend(link(`${at}/head`))
    picture.append(link(`${at}/foot`))
  }
  return figures.map(figure => figure.querySelector('figcaption strong').textContent)
}

export function countFigures() {
  const count = selector => document.querySelectorAll(selector).length
  const pictures = [...document.querySelectorAll('figure .plot > svg')]
  return {
    figures: count('figure'),
    pictures: pictures.filter(each => each.getBoundingClientRect().height > 100).length,
    tables: [...document.querySelectorAll('figure')].filter(each => each.querySelector('details table')).length,
    buttons: count('button'),
  }
}

/** What a text that broke out would have brought in or taken along. */
export function outline() {
  return {
    mains: document.querySelectorAll('main').length,
    strangers: document.querySelectorAll('img, iframe, object, main script').length,
    headings: [...document.querySelectorAll('main > section > h2')].map(({ id }) => id),
    footer: document.querySelector('main > footer')?.textContent,
  }
}

/** Tries what the policy of the page forbids, and tells what came of it. */
export async function tryToEscape() {
  const refused = new Set()
  document.addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective))
  const add = (tag, attributes) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    document.body.append(made)
    return made
  }
  add('script', {}).append('window.strange = 1')
  add('button', { onclick: 'window.strange = 2' }).click()
  add('img', { src: 'http://127.0.0.1:9/picture.png' })
  add('link', { rel: 'stylesheet', href: 'http://127.0.0.1:9/style.css' })
  const answer = await fetch('http://127.0.0.1:9/').then(
    () => 'reached',
    () => 'refused',
  )
  await new Promise(resolve => setTimeout(resolve))
  return { ran: 'strange' in window, answer, refused: [...refused].sort() }
}

/** The picture as text: any change of it shows. */
export function inkOf(selector) {
  return document.querySelector(selector).toDataURL()
}

export function isSeen(selector) {
  return (document.querySelector(selector)?.getBoundingClientRect().height ?? 0) > 100
}

export function focusedRole() {
  return document.activeElement?.getAttribute('role')
}

/** Frame by frame until the picture is (or is no longer) the given one; false = it did not come to that in five seconds. */
export async function inkBecomes(selector, ink, isSame) {
  const end = performance.now() + 5000
  while (performance.now() < end) {
    await new Promise(resolve => requestAnimationFrame(() => resolve()))
    if ((document.querySelector(selector).toDataURL() === ink) === isSame) return true
  }
  return false
}
