import { latencyBoundsSeconds } from '../collector/live-metrics/latency-buckets.ts'
import { metricTable } from '../collector/live-metrics/metric-table.ts'
import { buildRow } from '../collector/live-metrics/run-rows.ts'
import { type Counter, counters, type LatencyMetric, latencyMetrics } from '../protocol/instants.ts'
import { counterMeanings, instantMeanings, latencyMeanings, phaseMeanings } from '../protocol/metric-meanings.ts'
import { markdownTable } from '../reports/page/markdown.ts'
import { profiles, scenarioPresets } from '../scenarios/options/profiles.ts'
import { type OptionName, type OptionRow, optionNames, optionTable, variableOf } from '../scenarios/options/table.ts'

const code = (text: string) => `\`${text}\``
const plain = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const written = (path: string) =>
  `Written from ${code(path)}; ${code('npx vitest run scripts/reference-pages -u')} writes it again.`

/** docs/reference/options.md */
export function optionsPage(): string {
  const rows = optionTable as Record<OptionName, OptionRow>
  const names = (concerns: OptionRow['concerns']) => optionNames.filter(name => rows[name].concerns === concerns)
  return paragraphs(
    '# Options of `run`',
    `${written('scenarios/options/table.ts')} ${code('chatgauge run --help')} shows the same.`,
    'Durations are `250ms`, `5s`, `30m`, `24h`; distributions `const(5ms)`, `uniform(1s,3s)`, `exp(2s)`, `lognorm(p50,p99)`, `bimodal(a,b,share)`; rates `100/s`, `55.6/s`, `200/m`. What is given wins over the profile, the profile over what the scenario means by its name, that over the defaults below.',
    '## Of the scenario',
    'k6 reads them too: as an option on our command line, as a variable with `k6 run dist/async-chat.js -e NAME=value`. A repeatable option is one variable, its values parted by `;`.',
    optionTableOf(names('scenario'), true),
    '## Of the command line',
    'They start and steer what stands around k6. `PROFILE` is read by k6 as well.',
    optionTableOf(names('command'), false),
    'What follows ` -- ` is passed to k6.',
    '## Profiles',
    presetTable(profiles),
    '## What a scenario means by its name',
    presetTable(scenarioPresets),
  )

  function optionTableOf(names: readonly OptionName[], hasVariable: boolean): string {
    const heads = ['Option', ...(hasVariable ? ['Variable'] : []), 'Default', 'Allowed', 'Meaning']
    return markdownTable(
      heads,
      names.map(name => {
        const { kind, value, default: usual, help, repeatable } = rows[name]
        const shown = value === undefined ? `--${name}` : `--${name} ${value}`
        return [
          code(shown.replaceAll('|', '\\|')),
          ...(hasVariable ? [code(variableOf(name))] : []),
          usual === undefined || usual === '' ? '' : code(usual),
          value === undefined && !hasVariable ? 'a switch' : plain(kind.allowed),
          plain(help) + (repeatable ? '; repeatable' : ''),
        ]
      }),
    )
  }
}

function presetTable(presets: Record<string, Partial<Record<OptionName, string>>>): string {
  const columns = Object.keys(presets)
  const rows = optionNames.filter(name => columns.some(column => presets[column]![name] !== undefined))
  return markdownTable(
    ['Option', ...columns.map(code)],
    rows.map(name => [
      code(`--${name}`),
      ...columns.map(column => (presets[column]![name] === undefined ? '' : code(presets[column]![name]))),
    ]),
  )
}

/** docs/reference/metrics.md */
export function metricsPage(): string {
  return paragraphs(
    '# Metrics',
    `Names in thresholds, in ${code('result.json')}, ${code('histograms.hlog')} and the report. ${written('protocol/instants.ts')} [measuring.md](../measuring.md) tells how the numbers are taken.`,
    '## Latencies',
    'In milliseconds, over the steady phase unless a threshold asks for another one with `{phase:…}`. Where there is a raw series, `<name>` counts from the planned instant and `<name>_raw` from the send. Statistics of a threshold: `avg`, `min`, `max`, `med`, `p(N)`.',
    markdownTable(
      ['Metric', 'From', 'To', 'Raw', 'Meaning'],
      (Object.keys(latencyMetrics) as LatencyMetric[]).map(name => {
        const { from, to, hasRaw, needsTrace } = latencyMetrics[name]
        const trace = needsTrace ? ' Absent where the target streams no trace.' : ''
        return [code(name), from, to, hasRaw ? code(`${name}_raw`) : '', latencyMeanings[name] + trace]
      }),
    ),
    '## Counters',
    'Over all phases. Statistics of a threshold: `count`, and `rate` per second of the steady phase.',
    markdownTable(
      ['Counter', 'Counts'],
      counters.map((name: Counter) => [code(name), counterMeanings[name]]),
    ),
    '## Instants',
    'Before two instants are subtracted they are brought onto one clock, with a bound that widens percentiles ([Clocks](../measuring.md#clocks)).',
    markdownTable(
      ['Instant', 'When', 'Clock of'],
      Object.entries(instantMeanings).map(([name, cells]) => [name, ...cells]),
    ),
    '## Phases',
    markdownTable(['Phase', 'What'], Object.entries(phaseMeanings)),
    '## Live metrics',
    'With `--prometheus-port` the same figures can be scraped while a run goes on: `/metrics` in the text format of Prometheus, in seconds and with `_total` on what only grows. Every one but the first has the label `run` beside those of its row. [deploy/grafana](../../deploy/grafana/README.md) has a dashboard.',
    `Histograms have cumulative buckets with the bounds ${latencyBoundsSeconds.join(', ')} s: neighbours differ by a factor of 1.5 at most, the error of an interpolated quantile stays below that. The percentiles of the report come from the histograms themselves, which are exact to three digits. What is lost or was given up counts as at least so late as it was waited for.`,
    markdownTable(
      ['Metric', 'Type', 'Labels', 'Meaning'],
      [buildRow, ...metricTable].map(({ name, type, labels, help }) => [
        code(name),
        type,
        labels.map(code).join(', '),
        plain(help),
      ]),
    ),
  )
}

function paragraphs(...parts: string[]): string {
  return `${parts.join('\n\n')}\n`
}
