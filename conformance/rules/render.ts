import { sections } from './catalogue.ts'
import { builtFeatures, notYet } from './not-yet.ts'
import type { Area, Feature, Rule, RuleSection } from './rule.ts'
import { areas, features } from './rule.ts'
import { sourcePages } from './sources.ts'

const areaTitles: Record<Area, string> = {
  'chat-v2': 'Chat API Version 2',
  'chat-server': 'Chat Server',
  push: 'Push notifications',
  options: 'Options',
  files: 'Files',
  bayeux: 'Bayeux',
  cometd: 'Chat over CometD',
}

/** @returns Markdown, one anchor per rule: `push.md#push-050` */
export function renderArea(area: Area): string {
  const own = sections.filter(section => section.area === area)
  return paragraphs(
    `# Rules: ${areaTitles[area]}`,
    'Written from `conformance/rules/`; [README.md](README.md) explains the columns.',
    ...own.flatMap(section => [`## ${section.title}`, ...featureNote(section), ruleTable(section.rules)]),
  )
}

export function renderOverview(): string {
  return paragraphs(
    '# Rules',
    'What chatgauge holds a chat service to: every rule by its id, as data in `conformance/rules/`, from which these pages are written. Ids are never renumbered. Violations, test names and fault descriptions cite them.',
    table(
      ['Area', 'Ids', 'Rules', 'MUST', 'SHOULD', 'MAY'],
      areas.map(area => {
        const rules = sections.filter(section => section.area === area).flatMap(section => section.rules)
        const count = (level: Rule['level']) => String(rules.filter(rule => rule.level === level).length)
        const prefix = rules[0]!.id.replace(/-\d+$/, '')
        return [
          `[${areaTitles[area]}](${area}.md)`,
          `${prefix}-nnn`,
          String(rules.length),
          count('MUST'),
          count('SHOULD'),
          count('MAY'),
        ]
      }),
    ),
    '## Basis',
    table(
      ['Basis', 'Meaning', 'On a target that is not ours a violation is'],
      [
        ['D', 'documented', 'a failure (MUST) or a warning (SHOULD)'],
        ['O', 'observed in client code or recorded traffic', 'a warning'],
        ['X', 'decision of this project where the documentation is silent', 'information'],
        ['DX, DO', 'documented at the core, the exact value or edge is X or O', 'a failure at the core only'],
      ],
    ),
    '## Needs',
    'What a test of the rule needs of its target: *agent* (one that acts or observes), *time control* (a clock that can be moved, or short timers), *push sink* (a receiver), *configuration* (options can be changed), *server control* (nodes and servers can be stopped, started or are several), *fault injection*, *node api* (the node status API and its credentials), *echo* (its CometD lets clients publish on `/demo/**`, and `/service/echo` sends back what it gets), *destructive* (disturbs sessions or load beyond its own).',
    '## Open questions',
    '`OQ-nn` numbers a question that the documentation leaves open; the statement beside it is the answer of this project.',
    '## Not proven yet',
    'Every other MUST rule is named by at least one test.',
    table(
      ['Rules', 'Because'],
      [
        ...notYet.map(({ rules, because }) => [rules.map(link).join(', '), because]),
        ...features
          .filter(feature => !builtFeatures.includes(feature))
          .map(feature => [titlesOf(feature), `comes with ${feature}`]),
      ],
    ),
    '## Sources',
    table(['Page', 'What it is'], Object.entries(sourcePages)),
  )
}

function titlesOf(feature: Feature): string {
  return sections
    .filter(section => section.feature === feature)
    .map(({ area, title }) => `${areaTitles[area]}: ${title}`)
    .join('; ')
}

function link(id: string): string {
  const { area } = sections.find(section => section.rules.some(rule => rule.id === id))!
  return `[${id}](${area}.md#${id.toLowerCase()})`
}

function featureNote(section: RuleSection): string[] {
  return section.feature === 'async chat' ? [] : [`*Belongs to: ${section.feature}.*`]
}

function ruleTable(rules: readonly Rule[]): string {
  return table(
    ['Rule', 'Level', 'Basis', 'Statement', 'Needs', 'Source'],
    rules.map(rule => [
      `<a id="${rule.id.toLowerCase()}"></a>${rule.id}`,
      rule.level,
      rule.basis,
      rule.statement,
      rule.needs.join(', '),
      [...rule.source, ...(rule.questions ?? [])].join('; '),
    ]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function paragraphs(...parts: string[]): string {
  return `${parts.join('\n\n')}\n`
}
