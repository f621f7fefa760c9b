import { type OptionKind, optionTable } from '../../reference-server/configuration/option-table.ts'
import {
  cometdMeanings,
  fileMeanings,
  httpsMeanings,
  type OptionMeaning,
  otherMeanings,
} from '../../reference-server/configuration/own-option-meanings.ts'
import { markdownTable } from '../../reports/page/markdown.ts'

type Meanings = Readonly<Record<string, OptionMeaning>>

/** docs/reference/server-options.md */
export function serverOptionsPage(): string {
  const parts = [
    '# Options of the reference server’s own',
    'Section `[refserver]`: what no GMS or Chat Server documents. Written from `reference-server/configuration/`; `npx vitest run scripts/reference-pages -u` writes it again.',
    'Given with `--set refserver.<option>=<value>` to `chatgauge serve` and `chatgauge run`, or in an INI file with `--config`. The documented options of GMS and Chat Server have their documented names and sections; `chatgauge serve --print-config` shows all with the values in force, [rules/options.md](../rules/options.md) what is known of them. All but those marked “restart” count as soon as the control API sets them.',
    '## CometD',
    tableOf(cometdMeanings),
    'What is bounded besides, and what a client sees over a bound, is in [decisions.md](../decisions.md).',
    '## HTTPS',
    tableOf(httpsMeanings),
    '## Files',
    tableOf(fileMeanings),
    'Number, size and types of the files of a chat are options of the Chat Server, section `[client-file-transfer]`.',
    '## Others',
    tableOf(otherMeanings),
    '`refserver.auth-username` and `refserver.auth-password` stand in the section of a service and switch its Basic authentication on.',
  ]
  return `${parts.join('\n\n')}\n`
}

function tableOf(meanings: Meanings): string {
  return markdownTable(
    ['Option', 'Default', 'Unit', 'Allowed', 'In force', 'Meaning'],
    Object.entries(meanings).map(([option, { unit = '', meaning }]) => {
      const row = ownOptions.find(each => each.option === option)
      if (!row) throw new Error(`there is no option [refserver] ${option}`)
      const usual = row.fallback ?? ''
      return [
        `\`${option}\``,
        usual === '' ? '' : `\`${usual}\``,
        unit,
        allowed(row.kind),
        row.takesEffect === 'after restart' ? 'restart' : 'at once',
        meaning,
      ]
    }),
  )
}

export const ownOptions = optionTable.filter(({ sections }) => sections.includes('refserver'))

function allowed(kind: OptionKind): string {
  switch (kind.type) {
    case 'flag':
      return 'true, false'
    case 'integer':
      return kind.max === Number.MAX_SAFE_INTEGER ? `${kind.min} or more` : `${kind.min} to ${kind.max}`
    case 'words':
      return kind.words.map(word => (word === '' ? 'empty' : word)).join(', ')
    case 'list':
      return kind.items ? `list of ${kind.items.join(', ')}` : 'list, parted by commas'
    default:
      return 'a text'
  }
}
