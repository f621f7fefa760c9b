import type { Configuration, OptionReader } from '../actors.ts'
import type { FaultGate } from './gate.ts'
import { isPlanted } from './is-planted.ts'

/** A configuration whose values a planted fault may change when they are read. */
export function withFaultyOptions(configuration: Configuration, fault: () => FaultGate | undefined): Configuration {
  return {
    ...configuration,
    reader: (actor, kind) => faultyReader(configuration.reader(actor, kind), fault),
    set(section, option, value) {
      const outcome = configuration.set(section, option, value)
      return fault()?.setting?.(section, option, value, outcome) ?? outcome
    },
    effective() {
      const rows = configuration.effective()
      const listed = fault()?.listed
      return listed ? rows.flatMap(row => listed(row) ?? []) : rows
    },
  }
}

function faultyReader(right: OptionReader, fault: () => FaultGate | undefined): OptionReader {
  const changed = (section: string, option: string) =>
    fault()?.option?.(section, option, right.text(section, option)) ?? right.text(section, option)
  const isTouched = () => fault()?.option !== undefined
  return {
    ...right,
    text: (section, option) => (isTouched() ? changed(section, option) : right.text(section, option)),
    flag: (section, option) =>
      isTouched() ? changed(section, option).trim().toLowerCase() === 'true' : right.flag(section, option),
    integer: (section, option) => (isTouched() ? Number(changed(section, option)) : right.integer(section, option)),
    list: (section, option) => (isTouched() ? listed(section, option) : right.list(section, option)),
    own(section, option) {
      const value = right.own(section, option)
      const change = fault()?.option
      return change ? change(section, option, value) : value
    },
    hasService(service) {
      if (!isPlanted(fault, 'empty-section-is-no-service')) return right.hasService(service)
      return right.own(`chat.${service}`, 'push_notification_include_payload') !== undefined
    },
  }

  /** Unknown items are dropped by the right reader alone: only a text that was changed is read here. */
  function listed(section: string, option: string): readonly string[] {
    const text = changed(section, option)
    if (text === right.text(section, option)) return right.list(section, option)
    return text
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '')
  }
}
