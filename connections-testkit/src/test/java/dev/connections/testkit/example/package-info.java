/** The example of docs/writing-an-adapter.md, tested by the contract. */
package dev.connections.testkit.example;
