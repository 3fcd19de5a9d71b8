/** Which way changes are to be followed. `auto`: the best that works. `off`: not at all. */
export type ChangesMode = 'auto' | 'websocket' | 'sse' | 'poll' | 'off';

/** Which way changes are followed right now. `none`: none gets through, or none is wanted. */
export type FollowedBy = 'websocket' | 'sse' | 'poll' | 'none';
