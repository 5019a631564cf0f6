#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>

namespace lookalike {

/**
 * Threads that wait for work. As many as TensorFlow would take: TF_NUM_INTRAOP_THREADS, or as many as
 * this process may use processors.
 */
class ThreadPool {
 public:
  /** The one of the process. It is never destroyed: its threads may wait until the very end. */
  static ThreadPool& instance();

  /** How many work at a time at most, the caller among them. */
  int size() const { return size_; }

  /**
   * Does every task once and waits for all; the caller works too. Which worker, from 0 to size() - 1,
   * does which task is chance.
   * @throws what a task throws first, when all have ended
   */
  void run(int tasks, const std::function<void(int task, int worker)>& work);

 private:
  explicit ThreadPool(int size) : size_(size) {}

  void start();
  void wait(int worker);
  void workOff(int worker);

  const int size_;
  /** Held for the whole of a run: a pool does one at a time. */
  std::mutex running_;
  std::mutex mutex_;
  std::condition_variable begun_, ended_;
  bool started_ = false;
  /** Besides the caller. */
  int threads_ = 0;
  const std::function<void(int, int)>* work_ = nullptr;
  int tasks_ = 0, next_ = 0, busy_ = 0;
  uint64_t round_ = 0;
  std::exception_ptr failure_;
};

}  // namespace lookalike
