import { HalyardError, messageOf } from '@halyard/core';
import type { WriteFile } from '../ports/files.ts';

/** @throws HalyardError `CONFIG_INVALID` if the file cannot be written: something else has to be named, as after wrong use */
export async function writeOut(path: string, text: string, write: WriteFile): ReturnType<WriteFile> {
  try {
    return await write(path, text);
  } catch (error) {
    // the system names the draft beside the file, which nobody has asked for
    const reason = messageOf(error).replace(/, \w+ '.*$/s, '');
    throw new HalyardError('CONFIG_INVALID', `${path} cannot be written: ${reason}`, { cause: error });
  }
}
