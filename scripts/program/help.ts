import type { Command, Example } from './command.ts'

const columns = 110

/** `chatgauge` alone: every command with one example. */
export function commandList(commands: readonly Command[]): string {
  const examples: Example[] = commands.map(command => ({ line: command.examples[0]!.line, does: command.summary }))
  return [
    'chatgauge: load tests and conformance for Genesys-style asynchronous chat',
    '',
    ...twoColumns(examples.map(example => [example.line, example.does])),
    '',
    'chatgauge <command> --help tells more.',
  ].join('\n')
}

export function commandHelp(command: Command): string {
  const usage = ['chatgauge', command.name, command.words, '[options]', command.passesOn ? '[-- <k6 options>]' : '']
  const options = [...command.options, { name: 'help', help: 'this text' }].map(option => [
    `--${option.name}${'value' in option && option.value ? ` ${option.value}` : ''}`,
    option.help + ('default' in option && option.default ? ` (default ${option.default})` : ''),
  ])
  return [
    `${usage.filter(part => part !== '').join(' ')}`,
    '',
    `${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.`,
    '',
    ...(command.choices
      ? [command.choices.title, ...twoColumns(command.choices.each.map(({ word, does }) => [word, does])), '']
      : []),
    'Options',
    ...twoColumns(options),
    '',
    'Examples',
    ...twoColumns(command.examples.map(example => [example.line, example.does])),
    ...(command.notes ? ['', command.notes] : []),
  ].join('\n')
}

/** Two columns, the right one wrapped; a left cell that is too long gets a line of its own. */
function twoColumns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.min(44, Math.max(...rows.map(row => row[0]!.length)))
  return rows.flatMap(([left = '', right = '']) => {
    const lines = wrap(right, columns - width - 4)
    const first = left.length > width ? [`  ${left}`] : [`  ${left.padEnd(width)}  ${lines.shift() ?? ''}`]
    return [...first, ...lines.map(line => `${' '.repeat(width + 4)}${line}`)]
  })
}

function wrap(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
