export type { SupabaseClient } from './engine/sources/supabase-table.ts';
export type { SupabaseSourceOptions } from './server/stores/supabase-source.ts';
export { supabaseSource } from './server/stores/supabase-source.ts';
