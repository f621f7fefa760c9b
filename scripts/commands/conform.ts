import type { Command, Typed } from '../program/command.ts'
import { onStopSignal } from '../program/stop-signal.ts'

export const conform: Command = {
  name: 'conform',
  summary: 'conformance suite against a target, by default the reference server, which is started for it',
  words: '',
  options: [
    {
      name: 'target',
      value: 'URL|NAME',
      help: 'a GMS node, or a folder of conformance/targets (or of your own) with a target.json',
      default: 'reference',
    },
    { name: 'service', value: 'NAME', help: 'GMS chat service', default: 'customer-support' },
    {
      name: 'receiver',
      value: 'URL',
      help: "where the target posts pushes: the suite's own receiver listens on that port",
    },
    { name: 'insecure', help: 'takes any TLS certificate of the target' },
    { name: 'ca', value: 'FILE', help: 'PEM file with the CA of the target' },
    {
      name: 'capabilities',
      value: 'LIST',
      help: 'what the target offers, instead of what its target.json says: push-sink, agent, time-control, …, none',
    },
    {
      name: 'only',
      value: 'WHAT',
      help: 'an area, a section, a rule, a case (* allowed), MUST, SHOULD, or customer: without agent, clock and receiver; several with commas',
      repeatable: true,
    },
    { name: 'skip', value: 'WHAT', help: 'the same words, left out', repeatable: true },
    { name: 'case', value: 'ID', help: 'one case, * allowed', repeatable: true },
    { name: 'known-failing', value: 'FILE', help: 'cases that are known to fail, with reasons' },
    { name: 'destructive', help: 'also cases that disturb more than their own sessions' },
    { name: 'fault', value: 'NAME', help: 'plants a fault in the reference server; see serve --list-faults' },
    { name: 'seed', value: 'N', help: 'order of the cases, printed at the end', default: 'random' },
    { name: 'explain', value: 'ID', help: 'says what a rule or a case is, and ends' },
    { name: 'list', help: 'lists the cases that would run, and ends' },
    { name: 'verbose', help: 'every case, with its whole conversation' },
    { name: 'junit', value: 'FILE', help: 'JUnit XML' },
    { name: 'summary', value: 'FILE', help: 'Markdown, at most 48 KB' },
    { name: 'html', value: 'FILE', help: 'one page with every rule' },
    { name: 'json', help: 'the result on stdout, all else on stderr' },
  ],
  examples: [
    { line: 'chatgauge conform', does: 'the reference server, all cases' },
    {
      line: 'chatgauge conform --target http://gms.example.com:8080 --only customer',
      does: 'what needs nothing but the chat API',
    },
    { line: 'chatgauge conform --explain CV2-087', does: 'what the rule says and which cases try it' },
    { line: 'chatgauge conform --case "PUSH-050/*" --verbose', does: 'some cases with every message' },
  ],
  notes:
    'Exit code: 0 no unexpected failure, 1 a rule is broken, 2 the target cannot be tested, 3 nothing was tested.\n' +
    'docs/how-to/add-a-case.md shows how a case is written.',
  run,
}

async function run(typed: Typed): Promise<number> {
  const explained = typed.value('explain')
  if (explained !== undefined) {
    console.log((await import('../conform/catalogue-text.ts')).explainText(explained))
    return 0
  }
  const { readConformSettings } = await import('../conform/settings.ts')
  const { chosenCases, performConform } = await import('../conform/perform.ts')
  const settings = readConformSettings(typed)
  const chosen = chosenCases(settings)
  if (typed.has('list')) {
    console.log((await import('../conform/catalogue-text.ts')).listText(chosen))
    return 0
  }

  const outputs = { junit: typed.value('junit'), summary: typed.value('summary'), html: typed.value('html') }
  const { checkOutputs, writeOutputs } = await import('../conform/outputs.ts')
  checkOutputs(outputs)

  let isOver = false
  const stopListening = onStopSignal(count => {
    isOver = true
    if (count > 1) process.exit(130)
  })
  const { progress } = await import('../conform/progress.ts')
  const shown = progress(chosen.length)
  const result = await performConform(settings, { done: shown.done, isOver: () => isOver }).finally(() => {
    stopListening()
    shown.end()
  })
  const written = writeOutputs(result, outputs)
  const { resultText } = await import('../conform/print.ts')
  const text = [resultText(result, settings.isVerbose), ...written.map(path => `      ${path}`)].join('\n')
  if (typed.has('json')) {
    console.error(text)
    console.log(JSON.stringify(result))
  } else console.log(text)
  return result.verdict.exit
}
