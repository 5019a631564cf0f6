#include "thread-pool.h"

#include <cstdlib>
#include <system_error>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lookalike {

namespace {

int wantedThreads() {
  const char* wanted = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int threads = wanted ? std::atoi(wanted) : 0;
  if (threads > 0) return threads;
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  const unsigned processors = std::thread::hardware_concurrency();
  return processors > 0 ? int(processors) : 1;
}

/**
 * While it lives, numbers below 1e-38 are zero, in every thread the same: on x86 they cost a hundred
 * times what others do. Elsewhere they stay.
 */
class WithoutDenormals {
 public:
#if defined(__x86_64__)
  WithoutDenormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
  ~WithoutDenormals() { _mm_setcsr(before_); }

 private:
  unsigned before_;
#else
  WithoutDenormals() {}
#endif
};

}  // namespace

ThreadPool& ThreadPool::instance() {
  static ThreadPool* pool = new ThreadPool(wantedThreads());
  return *pool;
}

void ThreadPool::run(int tasks, const std::function<void(int, int)>& work) {
  std::lock_guard<std::mutex> running(running_);
  if (tasks <= 1 || size_ == 1) {
    WithoutDenormals without;
    for (int task = 0; task < tasks; ++task) work(task, 0);
    return;
  }
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!started_) start();
    work_ = &work;
    tasks_ = tasks;
    next_ = 0;
    busy_ = 1 + threads_;
    failure_ = nullptr;
    ++round_;
  }
  begun_.notify_all();
  workOff(0);
  std::unique_lock<std::mutex> lock(mutex_);
  ended_.wait(lock, [&] { return busy_ == 0; });
  work_ = nullptr;
  if (failure_) std::rethrow_exception(failure_);
}

void ThreadPool::start() {
  started_ = true;
  try {
    for (; threads_ + 1 < size_; ++threads_) {
      std::thread([this, worker = threads_ + 1] { wait(worker); }).detach();
    }
  } catch (const std::system_error&) {
    // The process may have no more threads. Those that there are do the same work.
  }
}

void ThreadPool::wait(int worker) {
  for (uint64_t done = 0;;) {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      begun_.wait(lock, [&] { return round_ != done; });
      done = round_;
    }
    workOff(worker);
  }
}

void ThreadPool::workOff(int worker) {
  WithoutDenormals without;
  std::unique_lock<std::mutex> lock(mutex_);
  while (next_ < tasks_) {
    const int task = next_++;
    lock.unlock();
    try {
      (*work_)(task, worker);
      lock.lock();
    } catch (...) {
      lock.lock();
      if (!failure_) failure_ = std::current_exception();
      next_ = tasks_;
    }
  }
  if (--busy_ == 0) ended_.notify_one();
}

}  // namespace lookalike
