import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { metricTable } from '../collector/live-metrics/metric-table.ts'
import { counters } from '../protocol/instants.ts'
import { dashboard, filledIn, queries } from './peers/prometheus/dashboard.ts'

// What can be said of deploy/grafana without a Prometheus; tests/peers/prometheus.test.ts asks one.

const panels = dashboard.panels.filter(({ type }) => type !== 'row')
const namesIn = (text: string) => text.match(/\bchatgauge_\w+/g) ?? []

test('every panel has a title of its own, a description, a unit and queries', () => {
  expect(panels.length).toBeGreaterThan(20)
  for (const { title, description, fieldConfig, targets = [] } of panels) {
    expect([title, (description ?? '').length > 40, fieldConfig?.defaults.unit !== undefined]).toEqual([
      title,
      true,
      true,
    ])
    expect([title, targets.length > 0]).toEqual([title, true])
  }
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
})

test('every metric in a query or in a variable is one that a run serves, and only runs in view are asked for', () => {
  const served = metricTable.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  )
  for (const { where, expr } of queries) {
    expect([where, namesIn(expr).filter(name => !served.includes(name))]).toEqual([where, []])
    expect([where, expr.match(/run=~"\$run"/g)?.length]).toEqual([where, namesIn(expr).length])
    filledIn(expr, { run: 'x', window: '5s' })
  }
  expect(namesIn(JSON.stringify(dashboard.templating)).filter(name => !served.includes(name))).toEqual([])
})

test('every counter has its place on the dashboard', () => {
  const shown = new Set(queries.flatMap(({ expr }) => namesIn(expr)))
  expect(counters.filter(name => !shown.has(`chatgauge_${name}`) && !shown.has(`chatgauge_${name}_total`))).toEqual([])
})

test('Prometheus scrapes as often as Grafana is told, and is where Grafana looks', () => {
  const read = (path: string) => readFileSync(new URL(`../deploy/grafana/${path}`, import.meta.url), 'utf8')
  const scraper = load(read('prometheus.yml')) as { global: { scrape_interval: string } }
  const source = load(read('provisioning/datasources/prometheus.yml')) as {
    datasources: { type: string; url: string; jsonData: { timeInterval: string } }[]
  }
  const provider = load(read('provisioning/dashboards/chatgauge.yml')) as {
    providers: { type: string; options: { path: string } }[]
  }
  const [{ type, url, jsonData }] = source.datasources as [(typeof source.datasources)[number]]
  expect([type, jsonData.timeInterval]).toEqual(['prometheus', scraper.global.scrape_interval])
  expect(read('README.md')).toContain(`--web.listen-address=${new URL(url).host}`)
  expect(provider.providers.map(each => [each.type, each.options.path])).toEqual([
    ['file', '\u0024{CHATGAUGE_DASHBOARDS}'],
  ])
})
