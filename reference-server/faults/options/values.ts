import type { SetOutcome } from '../../actors.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'
import { rememberSettings } from '../remember-settings.ts'
import { takesInvalid } from './documented-values.ts'

/**
 * A gate under which a value is read otherwise than it was set: `read` gets what was set last in this section, valid or
 * not, and what is in force; undefined = as documented.
 */
function readOtherwise(
  read: (set: string, inForce: string | undefined, option: string) => string | undefined,
): () => FaultGate {
  return () => {
    const settings = rememberSettings()
    return {
      setting: settings.setting,
      option(section, option, value) {
        const set = settings.of(section, option)?.value
        return set === undefined ? value : (read(set, value, option) ?? value)
      },
    }
  }
}

/** A gate under which names are compared without regard to case. */
function namesInAnyCase(which: 'option' | 'section'): () => FaultGate {
  return () => {
    const values = new Map<string, string | undefined>()
    const key = (section: string, option: string) =>
      which === 'option' ? `${section}\n${option.toLowerCase()}` : `${section.toLowerCase()}\n${option}`
    return {
      setting(section, option, value, outcome) {
        values.set(key(section, option), value)
        return outcome
      },
      option: (section, option, value) => values.get(key(section, option)) ?? value,
    }
  }
}

/** A gate under which something that was set is told to be in force. */
function toldInForce(isIt: (section: string, option: string, outcome: SetOutcome) => boolean): FaultGate {
  return {
    setting: (section, option, _value, outcome) => (isIt(section, option, outcome) ? { kind: 'in-force' } : outcome),
  }
}

export const values = conformFaults([
  {
    name: 'option-names-in-any-case',
    rules: ['OPT-001'],
    does: 'Names of options are compared without regard to case.',
    looksLike: 'They are kept in a table that folds case.',
    gate: namesInAnyCase('option'),
  },
  {
    name: 'section-names-in-any-case',
    rules: ['OPT-001'],
    does: 'Names of sections are compared without regard to case.',
    looksLike: 'They are kept in a table that folds case.',
    gate: namesInAnyCase('section'),
  },
  {
    name: 'option-values-trimmed',
    rules: ['OPT-001'],
    does: 'Blanks around a value are lost when it is set.',
    looksLike: 'Values are tidied up when they are stored.',
    gate: () => ({ listed: row => ({ ...row, value: row.value.trim() }) }),
  },
  {
    name: 'option-values-typed',
    rules: ['OPT-001', 'OPT-003'],
    does: 'Values that look like numbers are stored as numbers.',
    looksLike: 'The configuration is kept as JSON by a library that guesses types.',
    gate: () => ({
      listed: row => (/^\s*[\d.e]+\s*$/.test(row.value) ? { ...row, value: String(Number(row.value)) } : row),
    }),
  },
  {
    name: 'booleans-in-lower-case-only',
    rules: ['OPT-002'],
    does: 'TRUE is false.',
    looksLike: 'The value is compared with true as a text.',
    gate: readOtherwise(set => (/^true$/i.test(set) && set !== 'true' ? 'false' : undefined)),
  },
  {
    name: 'yes-is-true',
    rules: ['OPT-002'],
    does: 'The value yes is true.',
    looksLike: 'A library reads the flag, generous as configuration servers are.',
    gate: readOtherwise(set => (set === 'yes' ? 'true' : undefined)),
  },
  {
    name: 'booleans-not-checked',
    rules: ['OPT-002', 'OPT-006'],
    does: 'A value that is neither true nor false is set without a warning.',
    looksLike: 'Whatever is not true counts as false.',
    gate: () => ({
      setting: (_section, option, value, outcome) =>
        outcome.kind === 'warned' && /^(yes|1|on|no)$|^$/.test(value ?? '') && /push|enabled|chat/.test(option)
          ? { kind: 'in-force' }
          : outcome,
    }),
  },
  {
    name: 'exponents-are-numbers',
    rules: ['OPT-003'],
    does: 'An integer may be written with an exponent.',
    looksLike: 'The value is read by a function that reads all numbers of the language.',
    gate: () => takesInvalid('settings', 'limit-for-sessions', value => value === '1e3'),
  },
  {
    name: 'hexadecimal-numbers',
    rules: ['OPT-003'],
    does: 'An integer may be written as 0x10.',
    looksLike: 'The value is read by a function that guesses the base.',
    gate: () => takesInvalid('settings', 'limit-for-sessions', value => value === '0x10'),
  },
  {
    name: 'blanks-spoil-numbers',
    rules: ['OPT-003'],
    does: 'An integer with blanks around it is invalid.',
    looksLike: 'The pattern for digits is applied to the whole value.',
    gate: () => ({
      setting: (section, option, value, outcome) =>
        value !== undefined && /^\s+\d+\s+$/.test(value)
          ? { kind: 'warned', warning: `[${section}] ${option}: '${value}' is not an integer` }
          : outcome,
    }),
  },
  {
    name: 'numbers-cut-at-blank',
    rules: ['OPT-003'],
    does: 'A number with blanks in front is 0.',
    looksLike: 'Reading stops at the first character that is no digit.',
    gate: readOtherwise((set, inForce) => (/^\s/.test(set) && Number(inForce) > 0 ? '1' : undefined)),
  },
  {
    name: 'list-items-not-trimmed',
    rules: ['OPT-004', 'OPT-024'],
    does: 'An item of a list with blanks around it is not recognised.',
    looksLike: 'The value is split at commas, and that is all.',
    gate: () =>
      changedOption('settings', 'flex-push-content', value =>
        value
          ?.split(',')
          .filter(item => item.trim() === item)
          .join(','),
      ),
  },
  {
    name: 'list-ends-at-empty-item',
    rules: ['OPT-004'],
    does: 'A list ends at its first empty item.',
    looksLike: 'An empty item is taken for the end.',
    gate: () =>
      changedOption('settings', 'flex-push-content', value => {
        const items = value?.split(',').map(item => item.trim()) ?? []
        const end = items.indexOf('')
        return (end < 0 ? items : items.slice(0, end)).join(',')
      }),
  },
  {
    name: 'words-in-any-case',
    rules: ['OPT-005'],
    does: 'Words of an enumeration are taken in any case.',
    looksLike: 'Values are folded before they are compared.',
    gate: readOtherwise((set, _inForce, option) =>
      option === 'rotate-secure-key' && set.toLowerCase() === 'every-response' ? 'every-response' : undefined,
    ),
  },
  {
    name: 'words-not-checked',
    rules: ['OPT-005', 'OPT-006'],
    does: 'A word that an enumeration does not have is set without a warning.',
    looksLike: 'Only numbers are checked.',
    gate: () => toldInForce((_section, option, { kind }) => kind === 'warned' && /rotate|notices|restore/.test(option)),
  },
  {
    name: 'invalid-value-not-logged',
    rules: ['OPT-006'],
    does: 'Invalid values leave no line in the log.',
    looksLike: 'The default is used silently.',
    gate: () => ({ line: line => (/: '.*' is not /.test(line) ? undefined : line) }),
  },
  {
    name: 'invalid-value-without-name',
    rules: ['OPT-006'],
    does: 'The warning of an invalid value does not say which option it was.',
    looksLike: 'The line is written where only the value is known.',
    gate: () => ({ line: line => line.replace(/\[.*?\] \S+: '/, "'") }),
  },
  {
    name: 'invalid-value-keeps-old',
    rules: ['OPT-006'],
    does: 'An invalid value leaves the value of before in force.',
    looksLike: 'A value that cannot be read is skipped.',
    gate() {
      const settings = rememberSettings()
      let isInvalid = false
      return {
        setting(section, option, value, outcome) {
          isInvalid = outcome.kind === 'warned'
          return settings.setting(section, option, value, outcome)
        },
        option: (section, option, value) => (isInvalid ? (settings.before(section, option)?.value ?? value) : value),
      }
    },
  },
  {
    name: 'invalid-value-of-service-skipped',
    rules: ['OPT-006'],
    does: 'For an invalid value in the section of a service the one of section chat is used.',
    looksLike: 'The invalid value counts as not set.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          section.startsWith('chat.') && settings.of(section, option)?.value === 'no'
            ? (settings.of('chat', option)?.value ?? value)
            : value,
      }
    },
  },
  {
    name: 'options-of-start',
    rules: ['OPT-007', 'OPT-003', 'OPT-006', 'OPT-010'],
    does: 'A change of max-message-bytes has no effect on chats that are running.',
    looksLike: 'A session copies the options when it starts.',
    gate: () => changedOption('refserver', 'max-message-bytes', () => '4096'),
  },
  {
    name: 'timers-of-start',
    rules: ['OPT-007', 'OPT-030'],
    does: 'A change of async-idle-alert has no effect.',
    looksLike: 'Timers have the values that were read when the server started.',
    gate: () => changedOption('settings', 'async-idle-alert', () => '86400'),
  },
  {
    name: 'push-types-at-once',
    rules: ['OPT-008', 'PUSH-004'],
    does: 'A change of pushEnabled is in force without a restart.',
    looksLike: 'The option is read for each notification.',
    gate() {
      const settings = rememberSettings()
      const isOff = () => settings.of('push', 'pushEnabled')?.value === 'comet'
      return { setting: settings.setting, notice: notice => (isOff() ? [] : [notice]) }
    },
  },
  {
    name: 'restart-changes-nothing',
    rules: ['OPT-008', 'PUSH-004', 'OPT-090'],
    does: 'A change of pushEnabled is not in force after a restart either.',
    looksLike: 'A restarted node takes the configuration from its cache.',
    gate: () => changedOption('push', 'pushEnabled', () => 'comet,customhttp'),
  },
  {
    name: 'restart-of-one-for-all',
    rules: ['OPT-008', 'OPT-012'],
    does: 'The restart of one node puts a pending value in force everywhere.',
    looksLike: 'All nodes share one object with the values in force.',
    gate: () => ({ listed: ({ pending: _, ...row }) => row }),
  },
  {
    name: 'section-of-service-ignored',
    rules: ['OPT-009'],
    does: 'push_notification_include_payload is read from section chat alone.',
    looksLike: 'The service is not known where the option is read.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          section.startsWith('chat.') ? (settings.of('chat', option)?.value ?? value) : value,
      }
    },
  },
  {
    name: 'section-chat-ignored',
    rules: ['OPT-009'],
    does: 'push_notification_include_payload is read from the section of the service alone.',
    looksLike: 'The section is given as a name, without the general one behind it.',
    gate: () => {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          section.startsWith('chat.') && settings.of('chat', option) ? 'false' : value,
      }
    },
  },
  {
    name: 'every-option-per-service',
    rules: ['OPT-009', 'OPT-080'],
    does: 'An option that belongs to section chat alone can be set for a service.',
    looksLike: 'All options of section chat are looked up the same way.',
    gate: () => toldInForce(section => section.startsWith('chat.')),
  },
  {
    name: 'deleted-option-stays',
    rules: ['OPT-010'],
    does: 'An option that is deleted keeps its last value.',
    looksLike: 'A deletion is an event that nobody handles.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option(section, option, value) {
          const isDeleted = settings.of(section, option)?.value === undefined
          return (isDeleted ? settings.before(section, option)?.value : undefined) ?? value
        },
      }
    },
  },
  {
    name: 'deleted-option-is-zero',
    rules: ['OPT-010'],
    does: 'A number that is deleted is 1 from then on.',
    looksLike: 'The default is known when the server starts and not later.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          option === 'max-message-bytes' && settings.of(section, option) && !settings.of(section, option)!.value
            ? '1'
            : value,
      }
    },
  },
  {
    name: 'unknown-option-silent',
    rules: ['OPT-010', 'OPT-001'],
    does: 'An option that does not exist is set without a warning.',
    looksLike: 'Nobody compares names with a list.',
    gate: () => ({
      setting: (_section, _option, _value, outcome) =>
        outcome.kind === 'warned' && /unknown/.test(outcome.warning) ? { kind: 'in-force' } : outcome,
      line: line => (/unknown (option|section)/.test(line) ? undefined : line),
    }),
  },
  {
    name: 'unknown-section-not-logged',
    rules: ['OPT-010'],
    does: 'A section that does not exist leaves no line in the log.',
    looksLike: 'Only options of known sections are compared with the list.',
    gate: () => ({ line: line => (/unknown section/.test(line) ? undefined : line) }),
  },
  {
    name: 'change-cancels-timers',
    rules: ['OPT-011'],
    does: 'When flex-push-resend-delay is changed, the repetition that waits is lost.',
    looksLike: 'Timers are cancelled to be started anew with the new value.',
    gate() {
      let isCancelled = false
      return {
        setting(_section, option, value, outcome) {
          isCancelled = option === 'flex-push-resend-delay' && value === '60'
          return outcome
        },
        notice: notice => (notice.attempt > 0 && isCancelled ? [] : [notice]),
      }
    },
  },
  {
    name: 'running-timers-cut',
    rules: ['OPT-011', 'CS-016'],
    does: 'A shorter flex-disconnect-timeout ends the timers that run.',
    looksLike: 'Timers are compared with the option of the moment.',
    gate() {
      let isCut = false
      return {
        setting(_section, option, value, outcome) {
          isCut = option === 'flex-disconnect-timeout' && value === '10'
          return outcome
        },
        request: request => (isCut ? { ...request, secureKey: 'of a party that is gone' } : request),
      }
    },
  },
  {
    name: 'origin-not-told',
    rules: ['OPT-012'],
    does: 'The list of options says of every value that it is a default.',
    looksLike: 'Defaults are written into the configuration when it is read.',
    gate: () => ({ listed: row => (row.section === 'settings' ? { ...row, origin: 'default' } : row) }),
  },
  {
    name: 'pending-not-told',
    rules: ['OPT-012', 'OPT-008', 'OPT-081', 'OPT-083', 'OPT-093', 'OPT-094'],
    does: 'The list of options shows a value that waits for a restart as the one in force.',
    looksLike: 'The list is made of what was set, not of what is in force.',
    gate: () => ({
      listed: ({ pending, ...row }) => (pending === undefined ? row : { ...row, value: pending }),
    }),
  },
])
