/** Push types of the documentation (PUSH-001 ff.); `android` and `gcm` are old names of `fcm` (OQ-45). */
export const knownDeviceTypes: ReadonlySet<string> = new Set([
  'customhttp',
  'fcm',
  'ios',
  'android',
  'gcm',
  'httpcb',
  'orscb',
])
