/** Whether an attribute's value satisfies a comparison. */
export type ValueTest = (value: unknown) => boolean;

export const neverHolds: ValueTest = () => false;
