// @ts-check
// The thread of a `SqliteWriter`: a connection of its own, and one transaction a message. No ES module: those
// take a thread ten milliseconds longer to start.
const { parentPort, workerData } = require('node:worker_threads');
const Libsql = require('libsql');

/** @typedef {import('./sqlite-writer.js').ThreadData} ThreadData */
/** @typedef {import('./sqlite-writer.js').Order} Order */
/** @typedef {import('./sqlite-writer.js').Answer} Answer */

const { path, pragmas } = /** @type {ThreadData} */ (workerData);
const connection = new Libsql(path);
for (const pragma of pragmas) connection.pragma(pragma);

/** By their text: the same few again and again. @type {Map<string, import('libsql').Statement>} */
const prepared = new Map();

/** The numbers of orders. @type {Set<number>} */
const failed = new Set();

parentPort?.on('message', (/** @type {Order | null} */ order) => {
  if (order) answer(order);
  else end();
});

/** @param {Order} order */
function answer({ number, behind, statements }) {
  /** @type {Answer} */
  let told = { number, error: null };
  try {
    if (behind !== null && failed.has(behind))
      throw new Error('What was to come before has failed.');
    write(statements);
  } catch (thrown) {
    const { message, code } = /** @type {Error & { code?: string }} */ (thrown);
    told = { number, error: { message, code } };
    failed.add(number);
  }
  parentPort?.postMessage(told);
}

/** @param {Order['statements']} statements */
function write(statements) {
  connection.exec('begin immediate');
  try {
    for (const { sql, parameters } of statements) {
      const statement = prepared.get(sql) ?? connection.prepare(sql);
      prepared.set(sql, statement);
      statement.run(...parameters);
    }
    connection.exec('commit');
  } catch (thrown) {
    // A full disk makes SQLite roll back by itself; a second time would hide why.
    if (connection.inTransaction) connection.exec('rollback');
    throw thrown;
  }
}

function end() {
  try {
    // Whoever writes next would have to copy what is in the WAL.
    connection.pragma('wal_checkpoint(passive)');
  } catch {
    // It is safe where it is.
  }
  connection.close();
  parentPort?.close();
}
