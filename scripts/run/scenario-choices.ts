import { scenarioPresets } from '../../scenarios/options/profiles.ts'
import type { Choice } from '../program/command.ts'

const texts: Readonly<Record<string, string>> = {
  'async-chat':
    'customers chat now and then and are pushed in between; the scenario that is run when none is named. Over CometD they hear everything as well',
  'cometd-chat':
    'customers that hear over CometD and are not pushed; with --cut they lose their connections and resume',
  'file-transfer': 'uploads and downloads beside chat, limits reached on purpose',
  'push-latency': 'a fixed rate of pushes: agents speak unprompted, customers keep silent',
}

/** Every scenario with what it is, and the short ones of the options that it means by its name. */
export const scenarioChoices: readonly Choice[] = Object.entries(texts).map(([word, text]) => {
  const meant = Object.entries(scenarioPresets[word] ?? {})
    .filter(([name]) => name !== 'threshold' && name !== 'set')
    .map(([name, value]) => `--${name} ${value}`)
  return { word, does: meant.length === 0 ? text : `${text} (${meant.join(' ')})` }
})
