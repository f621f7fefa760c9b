import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// The palette is held by numbers: contrast as WCAG 2.2 counts it, and colours that are told apart in each kind of
// colour blindness (Machado, Oliveira and Fernandes 2009, severity 1; distance in CIE L*a*b* of 1976).

type Three = readonly [number, number, number]
const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
const themes = {
  light: variablesOf(':root {'),
  dark: variablesOf('@media (prefers-color-scheme: dark) {'),
  print: variablesOf('@media print {'),
}
const visions: Record<string, readonly [Three, Three, Three]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function variablesOf(from: string): Record<string, string> {
  const block = style.slice(style.indexOf(from)).split('}', 1)[0]!
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}

function linear(colour: string): Three {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return [red!, green!, blue!]
}

const dot = (a: Three, b: Three) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

function contrast(a: string, b: string): number {
  const luminance = (colour: string) => dot([0.2126, 0.7152, 0.0722], linear(colour))
  const [lighter, darker] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (lighter! + 0.05) / (darker! + 0.05)
}

function lab(light: Three): Three {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f(dot([0.4124, 0.3576, 0.1805], light) / 0.95047)
  const y = f(dot([0.2126, 0.7152, 0.0722], light))
  const z = f(dot([0.0193, 0.1192, 0.9505], light) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function seen(colour: string, [red, green, blue]: readonly [Three, Three, Three]): Three {
  const light = linear(colour)
  const within = (row: Three) => Math.min(1, Math.max(0, dot(row, light)))
  return lab([within(red), within(green), within(blue)])
}

describe.each(Object.entries(themes))('%s', (_, colours) => {
  test('texts have a contrast of at least 4.5 on everything that they stand on', () => {
    const pairs = [
      ...['ink', 'ink-2', 'link', 'good', 'bad', 'unsure'].flatMap(text => [
        [text, 'page'],
        [text, 'panel'],
      ]),
      ...['good', 'bad', 'unsure', 'still'].flatMap(tone => [
        [tone, `${tone}-soft`],
        ['ink', `${tone}-soft`],
        ['ink-2', `${tone}-soft`],
      ]),
      ['ink-2', 'band'],
    ]
    const weak = pairs.filter(([a, b]) => colours[a!] && colours[b!] && contrast(colours[a!]!, colours[b!]!) < 4.5)
    expect(weak).toEqual([])
  })

  test('lines and bars have a contrast of at least 3', () => {
    const weak = ['s1', 's2', 's3', 's4', 'rule-2', 'bad', 'unsure'].flatMap(name =>
      ['page', 'panel'].filter(on => contrast(colours[name]!, colours[on]!) < 3).map(on => [name, on]),
    )
    expect(weak).toEqual([])
  })

  test.each(Object.entries(visions))('lines differ in %s colour vision', (__, vision) => {
    const lines = ['s1', 's2', 's3', 's4'].map(name => seen(colours[name]!, vision))
    const distances = lines.flatMap((a, i) =>
      lines.slice(i + 1).map(b => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    )
    expect(Math.min(...distances)).toBeGreaterThan(30)
  })
})
