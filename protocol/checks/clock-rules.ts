/**
 * Rules whose checks hold an instant of the receiver against one of the generator. The bound of the clocks covers them
 * while the clocks go steadily; in the seconds until a set clock is noticed it does not.
 */
export const rulesByTwoClocks: readonly string[] = ['CS-061', 'CS-064', 'CS-065', 'CV2-087', 'PUSH-057']
