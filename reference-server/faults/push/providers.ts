import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'
import { rememberSettings } from '../remember-settings.ts'

type Target = NonNullable<FaultGate['target']>

/** A gate under which notices go where a URL says that was set, in force or not. */
function urlAtOnce(): FaultGate {
  const settings = rememberSettings()
  return {
    setting: settings.setting,
    target(target, { provider }) {
      const section = provider === undefined ? 'push' : `push.provider.${provider}`
      const value = settings.of(section, 'customhttp.url')?.value
      const url = value === undefined ? null : URL.parse(value)
      return url ? { kind: 'target', origin: url.origin, path: url.pathname, message: undefined } : target
    },
  }
}

/** A gate under which notices go where another provider, event or mode would. */
function lookedUp(target: Target): () => FaultGate {
  return () => ({ target })
}

export const providers = conformFaults([
  {
    name: 'provider-ignored',
    rules: ['PUSH-101'],
    does: 'All notifications go to the URL of section push, whatever provider the subscription names.',
    looksLike: 'GCTI_GMS_PushProvider is read from CometD subscriptions only.',
    gate: lookedUp((_target, { eventType, debug }, lookUp) => lookUp(undefined, eventType, debug)),
  },
  {
    name: 'last-provider-for-all',
    rules: ['PUSH-101', 'PUSH-100'],
    does: 'A notification goes to the provider that was asked for last, by whatever session.',
    looksLike: 'The provider is kept in the sender, not in the notification.',
    gate() {
      let last: string | undefined
      return {
        request(request) {
          if (request.operation === 'requestChat') last = request.userData?.GCTI_GMS_PushProvider
          return request
        },
        target: (_target, { eventType, debug }, lookUp) => lookUp(last, eventType, debug),
      }
    },
  },
  {
    name: 'provider-without-fallback',
    rules: ['PUSH-103', 'PUSH-101'],
    does: 'A named provider without customhttp.url pushes nothing.',
    looksLike: 'Only the section of the provider is read.',
    gate: lookedUp((target, { provider, eventType, debug }, lookUp) => {
      const general = lookUp(undefined, eventType, debug)
      const isGeneral = general.kind === 'target' && target.kind === 'target' && general.path === target.path
      return provider !== undefined && isGeneral ? { kind: 'none', reason: 'customhttp.url is not set' } : target
    }),
  },
  {
    name: 'default-provider-elsewhere',
    rules: ['PUSH-100'],
    does: 'A subscription without provider uses the section of a provider that happens to be there.',
    looksLike: 'The first provider found is the default.',
    gate: lookedUp((target, { provider, eventType, debug }, lookUp) => {
      const first = lookUp('alpha', eventType, debug)
      return provider === undefined && first.kind === 'target' ? first : target
    }),
  },
  {
    name: 'unknown-provider-is-default',
    rules: ['PUSH-102'],
    does: 'A provider name without a section is taken for the default provider.',
    looksLike: 'A lookup that finds nothing falls back on section push.',
    gate: lookedUp((target, { eventType, debug }, lookUp) =>
      target.kind === 'none' ? lookUp(undefined, eventType, debug) : target,
    ),
  },
  {
    name: 'unknown-provider-not-logged',
    rules: ['PUSH-102'],
    does: 'That a provider has no section is not in the log.',
    looksLike: 'The notification is dropped silently.',
    gate: () => ({ line: line => (line.includes('no target') ? undefined : line) }),
  },
  {
    name: 'unknown-provider-fails-chat',
    rules: ['PUSH-102'],
    does: 'Request chat fails when its provider has no section.',
    looksLike: 'The provider is looked up when the subscription is made, and the exception goes up.',
    gate: () => ({
      outcome: (request, outcome) =>
        /^nobody/.test(request.userData?.GCTI_GMS_PushProvider ?? '')
          ? { kind: 'refused', reason: 'limited' }
          : outcome,
    }),
  },
  {
    name: 'event-section-ignored',
    rules: ['PUSH-103'],
    does: 'Event sections have no effect.',
    looksLike: 'Only title and body are looked for at event level.',
    gate: lookedUp((_target, { provider, debug }, lookUp) => lookUp(provider, 'no event' as 'Message', debug)),
  },
  {
    name: 'event-section-for-all-events',
    rules: ['PUSH-103'],
    does: 'The event section of Message holds for every event.',
    looksLike: 'The name of the event is cut off when sections are read.',
    gate: lookedUp((_target, { provider, debug }, lookUp) => lookUp(provider, 'Message', debug)),
  },
  {
    name: 'default-event-section-first',
    rules: ['PUSH-103'],
    does: 'An event section of the default provider wins over a named provider.',
    looksLike: 'Event sections are searched before provider sections.',
    gate: lookedUp((target, { eventType, debug }, lookUp) => {
      const general = lookUp(undefined, 'no event' as 'Message', debug)
      const event = lookUp(undefined, eventType, debug)
      const isSpecial = event.kind === 'target' && general.kind === 'target' && event.path !== general.path
      return isSpecial ? event : target
    }),
  },
  {
    name: 'debug-ignored',
    rules: ['PUSH-104', 'PUSH-105'],
    does: 'A subscription in debug mode is pushed like any other.',
    looksLike: 'GCTI_GMS_PushDebug is read from CometD subscriptions only.',
    gate: lookedUp((_target, { provider, eventType }, lookUp) => lookUp(provider, eventType, false)),
  },
  {
    name: 'debug-always-where-set',
    rules: ['PUSH-104'],
    does: 'Where a debug URL is configured, every subscription uses it.',
    looksLike: 'The debug keys are taken for overrides.',
    gate: lookedUp((target, { provider, eventType }, lookUp) => {
      const debug = lookUp(provider, eventType, true)
      return debug.kind === 'target' ? debug : target
    }),
  },
  {
    name: 'debug-of-default-provider',
    rules: ['PUSH-104', 'PUSH-101'],
    does: 'Debug mode uses the debug URL of section push, whatever the provider.',
    looksLike: 'Debug keys are read from section push alone.',
    gate: lookedUp((target, { eventType, debug }, lookUp) => (debug ? lookUp(undefined, eventType, true) : target)),
  },
  {
    name: 'debug-falls-back',
    rules: ['PUSH-105'],
    does: 'Debug mode without debug URL uses the plain one.',
    looksLike: 'A missing key falls back on the one without prefix.',
    gate: lookedUp((target, { provider, eventType }, lookUp) =>
      target.kind === 'none' ? lookUp(provider, eventType, false) : target,
    ),
  },
  {
    name: 'plain-falls-back-on-debug',
    rules: ['PUSH-105'],
    does: 'Plain mode without URL uses the debug one.',
    looksLike: 'Whichever of the two URLs is there is used.',
    gate: lookedUp((target, { provider, eventType }, lookUp) =>
      target.kind === 'none' ? lookUp(provider, eventType, true) : target,
    ),
  },
  {
    name: 'provider-options-at-once',
    rules: ['PUSH-106', 'OPT-008'],
    does: 'A changed customhttp.url is in force without a restart.',
    looksLike: 'The options are read for each notification.',
    gate: urlAtOnce,
  },
  {
    name: 'provider-options-for-ever',
    rules: ['PUSH-106'],
    does: 'A changed customhttp.url is not in force after a restart either.',
    looksLike: 'A restarted node takes the configuration from its cache.',
    gate() {
      let first: ReturnType<Target> | undefined
      return {
        target(target) {
          first ??= target
          return first
        },
      }
    },
  },
])
